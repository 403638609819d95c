// @microsoft/microsoft-graph-client creates, views, follows, changes and deletes in a fake Graph:
//
//   node graph-outsider.mjs FOLDER URL TOKEN [id-of-an-event JSON-of-a-change]
//
// FOLDER is where the package is installed, once. Prints each step that worked, or with an event
// what became of it; ends with 77 and the reason where the package cannot be had.
import { execFileSync } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join, resolve } from 'node:path';

const PACKAGE = '@microsoft/microsoft-graph-client';
const VERSION = '3.0.7';
const CALENDAR = '/users/kalender@example.org/calendars/AAMkCal-turnus_AA=';
const EVENTS = '/users/kalender@example.org/events';
const IDS = 'IdType="ImmutableId"';

function findPackage(place) {
  try {
    return createRequire(join(place, 'here.js'))(PACKAGE);
  } catch {
    return null; // not installed, or only in part
  }
}

function loadPackage(folder) {
  const place = resolve(folder);
  const installed = findPackage(place);
  if (installed)
    return installed;
  mkdirSync(place, { recursive: true });
  try {
    execFileSync('npm', ['install', '--prefix', place, '--no-audit', '--no-fund',
      '--ignore-scripts', '--no-save', '--fetch-retries=1', `${PACKAGE}@${VERSION}`],
    { stdio: ['ignore', 'ignore', 'pipe'], timeout: 120000 });
  } catch (error) {
    console.log(`npm cannot install ${PACKAGE}: ${String(error.message).split('\n')[0]}`);
    process.exit(77);
  }
  return createRequire(join(place, 'here.js'))(PACKAGE);
}

function expect(isTrue, what) {
  if (!isTrue)
    throw new Error(`not so: ${what}`);
}

// The client takes a link as it is only with TLS.
function pathOf(link) {
  return link.slice(link.indexOf('/v1.0') + '/v1.0'.length);
}

async function fails(promise, status) {
  const error = await promise.then(() => null, (reason) => reason);
  expect(error !== null && error.statusCode === status, `refused with ${status}`);
}

async function live(client) {
  const first = await client.api(`${CALENDAR}/events/delta`).header('Prefer', IDS).get();
  const made = await client.api(`${CALENDAR}/events`).header('Prefer', IDS).post({
    subject: 'Erfa',
    body: { contentType: 'text', content: 'Husk kage' },
    start: { dateTime: '2027-09-14T10:00:00', timeZone: 'Romance Standard Time' },
    end: { dateTime: '2027-09-14T15:00:00', timeZone: 'Romance Standard Time' },
  });
  expect(made.subject === 'Erfa' && made.iCalUId && made['@odata.etag'], 'it is made');
  console.log('created');

  const view = await client.api(`${CALENDAR}/calendarView`)
    .query({ startDateTime: '2027-09-01T00:00:00Z', endDateTime: '2027-10-01T00:00:00Z' }).get();
  expect(view.value.length === 1 && view.value[0].body.contentType === 'html', 'one is seen');
  console.log('viewed');

  const changes = await client.api(pathOf(first['@odata.deltaLink'])).header('Prefer', IDS).get();
  expect(changes.value.length === 1 && changes.value[0].id === made.id, 'one is new');
  console.log('followed');

  const path = `${EVENTS}/${encodeURIComponent(made.id)}`;
  await fails(client.api(path).header('If-Match', 'W/"old"').patch({ subject: 'x' }), 412);
  const changed = await client.api(path).header('If-Match', made['@odata.etag'])
    .patch({ subject: 'Erfa 2027' });
  expect(changed.subject === 'Erfa 2027', 'it is changed');
  console.log('changed');

  await client.api(path).header('If-Match', changed['@odata.etag']).delete();
  await fails(client.api(path).get(), 404);
  const last = await client.api(pathOf(changes['@odata.deltaLink'])).header('Prefer', IDS).get();
  expect(last.value.length === 1 && last.value[0]['@removed'], 'it is told as removed');
  console.log('deleted');
}

async function change(client, id, text) {
  const path = `${EVENTS}/${encodeURIComponent(id)}`;
  const now = await client.api(path).get();
  await client.api(path).header('If-Match', now['@odata.etag']).patch(JSON.parse(text));
  console.log(JSON.stringify(await client.api(path).get()));
}

const [folder, url, token, id, text] = process.argv.slice(2);
const graph = loadPackage(folder);
// Its own way of logging in sends no token without TLS, and the fake speaks on loopback.
const client = graph.Client.initWithMiddleware({
  baseUrl: `${url}/`,
  defaultVersion: 'v1.0',
  middleware: new graph.HTTPMessageHandler(),
  fetchOptions: { headers: { Authorization: `Bearer ${token}` } },
});
await (id ? change(client, id, text) : live(client));
