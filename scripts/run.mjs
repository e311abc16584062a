/**
 * `node scripts/run.mjs <command> [...args]`: sets up what the command needs, then runs it with the Node of the tools. This is
 * what every npm script calls, so that any of them may be the first one on a fresh clone. Plain Node >= 20.
 */
import { spawn } from 'node:child_process';
import { constants } from 'node:os';
import { join } from 'node:path';
import { root, SetupError, setup, TEST_NODE, toolEnv } from './setup.mjs';

const tool = (path, ...args) => [join(root, 'node_modules', path), ...args];
const script = (name) => [join(root, 'scripts', `${name}.ts`)];
const wxt = (...args) => tool('wxt/bin/wxt.mjs', ...args);
const biome = (...args) => tool('@biomejs/biome/bin/biome', ...args);

/** Value of `--name value` or `--name=value`. */
function option(args, name) {
  const at = args.findIndex((arg) => arg === `--${name}` || arg.startsWith(`--${name}=`));
  return at < 0 ? undefined : (args[at].split('=')[1] ?? args[at + 1]);
}

const chosenBrowsers = (args) => [option(args, 'browser') === 'firefox' ? 'firefox' : 'chromium'];
const needsBrowsers = (args) => ['chromium', 'firefox', 'e2e', undefined].includes(option(args, 'only'));

/** `steps` run one after the other, all of them, also after a failure but not after a signal; extra arguments go to each. */
const COMMANDS = {
  build: { steps: () => [wxt('build', '-b', 'chrome'), wxt('build', '-b', 'firefox')] },
  zip: { steps: () => [wxt('zip', '-b', 'chrome'), wxt('zip', '-b', 'firefox')] },
  check: { steps: () => [biome('check', '.'), tool('typescript/bin/tsc', '--noEmit')] },
  format: { steps: () => [biome('check', '--write', '.')] },
  chaos: { steps: () => [script('chaos')], leastNode: TEST_NODE, options: '--runs N] [--seed S] [--prove' },
  sandbox: { steps: () => [script('sandbox')], options: '--atera-port N] [--ghl-port N] [--latency MS' },
  demo: {
    steps: () => [script('demo')],
    browsers: chosenBrowsers,
    options: '--headless] [--browser chromium|firefox',
  },
  dev: { steps: () => [script('dev')], browsers: chosenBrowsers, options: '--browser chromium|firefox' },
  test: {
    steps: () => [script('test')],
    browsers: (args) => (needsBrowsers(args) ? ['chromium', 'firefox'] : []),
    leastNode: TEST_NODE,
    options: '--only STEP',
  },
};

const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'];

/** Exit code of the program; signals that reach us are handed on, and we end when it has ended. */
function execute(node, args) {
  return new Promise((resolve) => {
    const child = spawn(node, args, { cwd: root, env: toolEnv(node), stdio: 'inherit' });
    // Ctrl-C in a terminal reaches the child by itself; a second one would make some tools give up without cleaning.
    const forward = (signal) => (signal === 'SIGINT' && process.stdin.isTTY ? undefined : child.kill(signal));
    for (const signal of SIGNALS) process.on(signal, forward);
    child.on('error', (error) => {
      process.stderr.write(`${error.message}\n`);
      resolve(1);
    });
    // npm starts us through a shell that dies of a signal without handing it on: an orphan ends too.
    const parent = process.ppid;
    const watch = setInterval(() => process.ppid !== parent && child.kill('SIGTERM'), 500);
    child.on('exit', (code, signal) => {
      clearInterval(watch);
      for (const name of SIGNALS) process.off(name, forward);
      resolve(code ?? 128 + (constants.signals[signal] ?? 0));
    });
  });
}

async function main([name, ...args]) {
  const command = COMMANDS[name];
  if (!command) {
    process.stderr.write(`Usage: node scripts/run.mjs <${Object.keys(COMMANDS).join('|')}> [...arguments]\n`);
    return 2;
  }
  if (args.includes('--help')) {
    process.stdout.write(`npm run ${name}${command.options ? ` -- [${command.options}]` : ''}\n`);
    return 0;
  }
  const { node } = setup({ browsers: command.browsers?.(args) ?? [], leastNode: command.leastNode });
  let exitCode = 0;
  for (const step of command.steps()) {
    exitCode = (await execute(node, [...step, ...args])) || exitCode;
    if (exitCode > 128) break;
  }
  return exitCode;
}

try {
  process.exitCode = await main(process.argv.slice(2));
} catch (error) {
  if (!(error instanceof SetupError)) throw error;
  process.stderr.write(`${error.message}\n`);
  process.exitCode = 1;
}
