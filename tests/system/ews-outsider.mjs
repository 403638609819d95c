// ews-javascript-api creates, views, syncs, changes and deletes in a fake Exchange:
//
//   node ews-outsider.mjs FOLDER URL USER PASSWORD
//
// FOLDER is where the package is installed, once. Prints each step that worked; ends with 77 and
// the reason where the package cannot be had.
import { execFileSync } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join, resolve } from 'node:path';

const PACKAGE = 'ews-javascript-api';
const VERSION = '0.15.3';

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

const [folder, url, user, password] = process.argv.slice(2);
const ews = loadPackage(folder);
ews.EwsLogging.DebugLogEnabled = false;
const service = new ews.ExchangeService(ews.ExchangeVersion.Exchange2013_SP1);
service.Url = new ews.Uri(url);
service.Credentials = new ews.WebCredentials(user, password);
const calendar = ews.WellKnownFolderName.Calendar;

const appointment = new ews.Appointment(service);
appointment.Subject = 'Erfa';
appointment.Body = new ews.TextBody('Husk kage');
appointment.Start = new ews.DateTime('2027-09-14T08:00:00Z');
appointment.End = new ews.DateTime('2027-09-14T13:00:00Z');
await appointment.Save(calendar, ews.SendInvitationsMode.SendToNone);
console.log('created');

const view = new ews.CalendarView(new ews.DateTime('2027-09-01T00:00:00Z'),
  new ews.DateTime('2027-10-01T00:00:00Z'));
const seen = await service.FindAppointments(calendar, view);
expect(seen.Items.length === 1 && seen.Items[0].Subject === 'Erfa', 'one is seen');
console.log('viewed');

const folderId = new ews.FolderId(calendar);
const first = await service.SyncFolderItems(folderId, ews.PropertySet.IdOnly, null, 10,
  ews.SyncFolderItemsScope.NormalItems, null);
expect(first.Count === 1 && !first.MoreChangesAvailable, 'one is listed');
console.log('synced');

const item = await ews.Appointment.Bind(service, seen.Items[0].Id);
item.Subject = 'Erfa 2027';
await item.Update(ews.ConflictResolutionMode.AutoResolve,
  ews.SendInvitationsOrCancellationsMode.SendToNone);
const second = await service.SyncFolderItems(folderId, ews.PropertySet.IdOnly, null, 10,
  ews.SyncFolderItemsScope.NormalItems, first.SyncState);
expect(second.Count === 1 && second._getItem(0).ChangeType === ews.ChangeType.Update, 'changed');
const again = await ews.Appointment.Bind(service, seen.Items[0].Id);
expect(again.Subject === 'Erfa 2027', 'read again');
console.log('changed');

await again.Delete(ews.DeleteMode.HardDelete, ews.SendCancellationsMode.SendToNone);
const last = await service.SyncFolderItems(folderId, ews.PropertySet.IdOnly, null, 10,
  ews.SyncFolderItemsScope.NormalItems, second.SyncState);
expect(last.Count === 1 && last._getItem(0).ChangeType === ews.ChangeType.Delete, 'deleted');
console.log('deleted');
