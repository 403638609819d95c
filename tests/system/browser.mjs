// A browser that does what it is told, a line of JSON a wish and a line an answer:
//
//   node browser.mjs FOLDER
//
// FOLDER is where playwright-core and axe-core are installed, once; the browser is Debian's
// Chromium. Ends with 77 and the reason where one of them cannot be had. It knows this host alone:
// no name is looked up and no proxy asked, and what a page wishes from elsewhere is kept as a fault.
import { execFileSync } from 'node:child_process';
import { mkdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join, resolve } from 'node:path';
import { createInterface } from 'node:readline';

const VERSIONS = { 'playwright-core': '1.65.1', 'axe-core': '4.14.1' };
const place = resolve(process.argv[2]);
const require = createRequire(join(place, 'here.js'));

function leave(reason) {
  console.log(reason);
  process.exit(77);
}

function isInstalled() {
  try {
    return Object.keys(VERSIONS).every((name) => require.resolve(name) !== '');
  } catch {
    return false; // not there, or only in part
  }
}

function install() {
  mkdirSync(place, { recursive: true });
  try {
    execFileSync('npm', ['install', '--prefix', place, '--no-audit', '--no-fund',
      '--ignore-scripts', '--no-save', '--fetch-retries=1',
      ...Object.entries(VERSIONS).map(([name, version]) => `${name}@${version}`)],
    { stdio: ['ignore', 'ignore', 'pipe'], timeout: 120000 });
  } catch (error) {
    leave(`npm cannot install playwright-core and axe-core: ${String(error.message).split('\n')[0]}`);
  }
}

async function launch() {
  const { chromium } = require('playwright-core');
  try {
    return await chromium.launch({ executablePath: '/usr/bin/chromium',
      args: ['--no-proxy-server', '--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1'] });
  } catch (error) {
    return leave(`Chromium does not start: ${String(error.message).split('\n')[0]}`);
  }
}

if (!isInstalled()) install();
const browser = await launch();
const axe = readFileSync(require.resolve('axe-core/axe.min.js'), 'utf8');
const readers = [];

// A browser's own word for a page that says 403 or 404 is no fault of the page.
const isStatusOf = (message, page) => message.text().startsWith('Failed to load resource')
  && message.location().url === page.url();

function watch(reader) {
  const { page, faults } = reader;
  page.on('console', (message) => {
    if (message.type() === 'error' && !isStatusOf(message, page)) faults.push(message.text());
  });
  page.on('pageerror', (error) => faults.push(String(error)));
  page.on('request', (request) => {
    if (new URL(request.url()).hostname !== '127.0.0.1') faults.push(`asks for ${request.url()}`);
  });
  page.on('response', (response) => {
    if (response.request().isNavigationRequest()) reader.status = response.status();
    else if (response.status() >= 400) faults.push(`${response.status()} for ${response.url()}`);
  });
}

async function begin({ size, javascript }) {
  const [width, height] = size;
  const context = await browser.newContext({ viewport: { width, height },
    javaScriptEnabled: javascript });
  const reader = { page: await context.newPage(), context, faults: [], status: 0 };
  reader.page.setDefaultTimeout(60000);
  watch(reader);
  return readers.push(reader) - 1;
}

// What the element that has the focus is, and whether it can be seen that it has it.
const describeFocus = () => {
  const element = document.activeElement;
  const style = getComputedStyle(element);
  return { href: element.getAttribute('href') ?? '',
    is_visible: style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) >= 2 };
};

async function judge({ page }) {
  await page.evaluate(axe);
  const { violations } = await page.evaluate('axe.run()');
  return violations.flatMap(({ id, help, nodes }) => nodes.map(
    (node) => `${id}: ${help}: ${node.html.slice(0, 200)}`));
}

const wishes = {
  go: async ({ page }, { url }) => { await page.goto(url); },
  back: async ({ page }) => { await page.goBack(); },
  press: async ({ page }, { selector }) => {
    await Promise.all([page.waitForEvent('load'), page.locator(selector).click()]);
  },
  enter: async ({ page }) => {
    await Promise.all([page.waitForEvent('load'), page.keyboard.press('Enter')]);
  },
  tab: async ({ page }) => {
    await page.keyboard.press('Tab');
    return page.evaluate(describeFocus);
  },
  choose: async ({ page }, { selector, value }) => {
    await page.locator(selector).selectOption(value);
  },
  forge: async ({ page }, { selector, value }) => {
    await page.locator(selector).evaluate((element, text) => { element.value = text; }, value);
  },
  media: async ({ page }, { media }) => { await page.emulateMedia({ media }); },
  graft: async ({ page }, { html }) => {
    await page.evaluate((text) => {
      document.body.insertAdjacentHTML('beforeend', `<div id="graft">${text}</div>`);
    }, html);
  },
  write: async ({ page }, { html }) => { await page.setContent(html); },
  value: ({ page }, { selector }) => page.locator(selector).inputValue(),
  markup: ({ page }, { selector }) => page.locator(selector).evaluate((element) => element.outerHTML),
  look: async ({ page, status }) => ({ status, url: page.url(),
    text: await page.locator('body').innerText(),
    is_too_wide: await page.evaluate(
      () => document.documentElement.scrollWidth > document.documentElement.clientWidth) }),
  judge,
  shoot: async ({ page }, { path }) => { await page.screenshot({ path, fullPage: true }); },
  faults: ({ faults }) => faults,
  end: async ({ context }) => { await context.close(); },
};

console.log(JSON.stringify({ ready: browser.version() }));
for await (const line of createInterface({ input: process.stdin })) {
  const wish = JSON.parse(line);
  try {
    const answer = wish.wish === 'begin' ? await begin(wish)
      : await wishes[wish.wish](readers[wish.reader], wish);
    console.log(JSON.stringify({ answer: answer ?? null }));
  } catch (error) {
    console.log(JSON.stringify({ problem: `${wish.wish}: ${error.message}` }));
  }
}
await browser.close();
