// Compares the public holidays that a program derives from conf/holidays with those of the npm
// package date-holidays, an independent source, for 2000 to 2060.
//
//   node holidays.mjs DIFFERENCES FOLDER PROGRAM [ARGUMENT…]
//
// DIFFERENCES lists what is known to differ and why; an entry that no longer differs fails too.
// FOLDER is where the package is installed, once. PROGRAM is called with `dk --from 2000 --to 2060
// --json` behind its arguments. Speaks TAP; skips with the reason where the package cannot be had.
import { execFileSync } from 'node:child_process';
import { mkdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join, resolve } from 'node:path';

const FROM = 2000;
const TO = 2060;
const PACKAGE = 'date-holidays';
const VERSION = '3.37.0';
const COUNTRIES = ['dk', 'se', 'no'];

function skip(reason) {
  console.log(`1..0 # SKIP ${reason}`);
  process.exit(0);
}

function findPackage(place) {
  try {
    return createRequire(join(place, 'here.js'))(PACKAGE);
  } catch {
    return null; // not installed, or only in part
  }
}

function loadIndependent(folder) {
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
    skip(`npm cannot install ${PACKAGE}: ${String(error.message).split('\n')[0]}`);
  }
  return createRequire(join(place, 'here.js'))(PACKAGE);
}

// A set of dates: names differ between sources, days must not.
function listTheirs(Holidays, country) {
  const found = new Map();
  const holidays = new Holidays(country.toUpperCase());
  for (let year = FROM; year <= TO; year++)
    for (const day of holidays.getHolidays(year))
      if (day.type === 'public')
        found.set(day.date.slice(0, 10), day.name);
  return found;
}

function listOurs(program, country) {
  const output = execFileSync(program[0], [...program.slice(1), country,
    '--from', String(FROM), '--to', String(TO), '--json'], { maxBuffer: 1 << 26 });
  const found = new Map();
  for (const day of JSON.parse(output))
    if (day.kind === 'public')
      found.set(day.date, day.name);
  return found;
}

// country, who has it (ours, theirs), date, reason
function readKnown(path, country) {
  const known = new Map();
  for (const line of readFileSync(path, 'utf8').split('\n')) {
    const [land, side, date, reason] = line.split('\t');
    if (line.startsWith('#') || land !== country)
      continue;
    if (!reason)
      throw new Error(`${path}: a difference without a reason: ${line}`);
    known.set(`${side} ${date}`, reason);
  }
  return known;
}

function compare(ours, theirs, known) {
  const wrong = [];
  const unused = new Set(known.keys());
  const note = (side, date, name) => {
    if (!unused.delete(`${side} ${date}`))
      wrong.push(`only ${side}: ${date} ${name}`);
  };
  for (const [date, name] of ours)
    if (!theirs.has(date))
      note('ours', date, name);
  for (const [date, name] of theirs)
    if (!ours.has(date))
      note('theirs', date, name);
  for (const entry of unused)
    wrong.push(`listed as a difference, but is none: ${entry}`);
  return wrong;
}

const [differences, folder, ...program] = process.argv.slice(2);
if (program.length === 0) {
  console.error('usage: holidays.mjs DIFFERENCES FOLDER PROGRAM [ARGUMENT…]');
  process.exit(2);
}
const Holidays = loadIndependent(folder);
console.log(`1..${COUNTRIES.length}`);
let failed = 0;
COUNTRIES.forEach((country, index) => {
  const ours = listOurs(program, country);
  const theirs = listTheirs(Holidays, country);
  const wrong = compare(ours, theirs, readKnown(differences, country));
  // Ten public holidays a year at least: an empty answer must not agree with an empty one.
  if (ours.size < 10 * (TO - FROM + 1))
    wrong.push(`only ${ours.size} public holidays in ${TO - FROM + 1} years`);
  for (const line of wrong)
    console.log(`# ${line}`);
  failed += wrong.length > 0 ? 1 : 0;
  console.log(`${wrong.length > 0 ? 'not ok' : 'ok'} ${index + 1} `
    + `/system/holidays/${country}-agree-with-an-independent-source`);
});
process.exit(failed > 0 ? 1 : 0);
