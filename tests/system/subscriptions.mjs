// A subscription as ical.js or node-ical reads it, a line an event: UID, begin, end (a day, or a
// second of UTC since 1970), STATUS:
//
//   node subscriptions.mjs FOLDER PACKAGE FILE
//
// FOLDER is where the packages are installed, once. Ends with 77 and the reason where one cannot be
// had.
import { execFileSync } from 'node:child_process';
import { mkdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';

const VERSIONS = { 'ical.js': '2.2.1', 'node-ical': '0.27.2' };

function findPackage(place, name) {
  try {
    return createRequire(join(place, 'here.js')).resolve(name);
  } catch {
    return null; // not installed, or only in part
  }
}

async function loadPackage(folder, name) {
  const place = join(resolve(folder), name);
  if (findPackage(place, name) === null) {
    mkdirSync(place, { recursive: true });
    try {
      execFileSync('npm', ['install', '--prefix', place, '--no-audit', '--no-fund',
        '--ignore-scripts', '--no-save', '--fetch-retries=1', `${name}@${VERSIONS[name]}`],
      { stdio: ['ignore', 'ignore', 'pipe'], timeout: 120000 });
    } catch (error) {
      console.log(`npm cannot install ${name}: ${String(error.message).split('\n')[0]}`);
      process.exit(77);
    }
  }
  const module = await import(pathToFileURL(findPackage(place, name)).href);
  return module.default ?? module;
}

const twoDigits = (number) => String(number).padStart(2, '0');
const formatDay = (year, month, day) => `${year}-${twoDigits(month)}-${twoDigits(day)}`;

function listByIcalJs(ical, text) {
  const calendar = new ical.Component(ical.parse(text));
  for (const zone of calendar.getAllSubcomponents('vtimezone'))
    ical.TimezoneService.register(zone);
  const format = (time) => (time.isDate ? formatDay(time.year, time.month, time.day)
    : String(time.toUnixTime()));
  return calendar.getAllSubcomponents('vevent').map((component) => {
    const event = new ical.Event(component);
    return [event.uid, format(event.startDate), format(event.endDate),
      component.getFirstPropertyValue('status')];
  });
}

function listByNodeIcal(ical, text) {
  const format = (date) => (date.dateOnly
    ? formatDay(date.getFullYear(), date.getMonth() + 1, date.getDate())
    : String(date.getTime() / 1000));
  return Object.values(ical.sync.parseICS(text)).filter((item) => item.type === 'VEVENT')
    .map((event) => [event.uid, format(event.start), format(event.end), event.status]);
}

const [folder, name, file] = process.argv.slice(2);
const ical = await loadPackage(folder, name);
const text = readFileSync(file, 'utf8');
const events = name === 'ical.js' ? listByIcalJs(ical, text) : listByNodeIcal(ical, text);
for (const event of events)
  console.log(event.join('\t'));
