/**
 * `npm test [-- --only <step>…]`: everything that can go wrong, from formatting to both browsers, one after the other. Prints a
 * table at the end, what was not run and why, and as its last line `N passed, N failed`.
 */
import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync, globSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { type BrowserName, browserAdvice, findBrowser, root } from './setup.mjs';
import { readOptions } from './support/options.ts';
import { biome, tsc, vitest, wxt } from './support/tools.ts';

interface Result {
  passed: number;
  failed: number;
  notRun: string[];
}

interface Step {
  name: string;
  /** Word for `--only` that selects it, besides its name. */
  group: string;
  /** Names of steps whose failure makes this one pointless. */
  needs?: string[];
  timeoutMs: number;
  run(timeoutMs: number): Promise<Result>;
}

/** Why the tests of a file may be skipped; anything else that is skipped is named without a reason. */
const NO_SPECS = "the vendors' OpenAPI files are not here; COUNTERPART_SPECS names their folder";
const SKIP_REASONS: Record<string, string> = {
  'tests/sandbox/specs.test.ts': NO_SPECS,
  'tests/vendors/clients.test.ts': NO_SPECS,
  'tests/vendors/operations.test.ts': NO_SPECS,
};

const MINUTE_MS = 60_000;
const reports = mkdtempSync(join(tmpdir(), 'counterpart-test-'));
process.on('exit', () => rmSync(reports, { recursive: true, force: true }));

let running: ChildProcess | undefined;
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const)
  process.on(signal, () => {
    running?.kill('SIGTERM');
    process.exitCode = 130;
    stopped = true;
  });
let stopped = false;

/** True when the program ended well within its time. */
function execute(args: string[], timeoutMs: number, env: Record<string, string> = {}): Promise<boolean> {
  return new Promise((resolve) => {
    const child = spawn(process.execPath, args, {
      cwd: root,
      env: { ...process.env, ...env },
      stdio: ['ignore', 'inherit', 'inherit'],
    });
    running = child;
    let timedOut = false;
    const timer = setTimeout(() => {
      timedOut = true;
      console.log(`Stopped after ${timeoutMs / MINUTE_MS} min.`);
      child.kill('SIGTERM');
      setTimeout(() => child.kill('SIGKILL'), 10_000).unref();
    }, timeoutMs);
    child.on('exit', (code) => {
      clearTimeout(timer);
      running = undefined;
      resolve(code === 0 && !timedOut);
    });
  });
}

/** A tool that says just yes or no counts as one test per call. */
const toolStep =
  (...calls: string[][]) =>
  async (timeoutMs: number): Promise<Result> => {
    const result: Result = { passed: 0, failed: 0, notRun: [] };
    for (const call of calls) result[(await execute(call, timeoutMs)) ? 'passed' : 'failed'] += 1;
    return result;
  };

interface VitestReport {
  numPassedTests: number;
  numFailedTests: number;
  testResults: { name: string; status: string; assertionResults: { status: string }[] }[];
}

/** Every file that matches must have been loaded: a pattern of the test runner that matches nothing is no success. */
const neverLoaded = (files: FileChoice, report: VitestReport): string[] => {
  const loaded = new Set(report.testResults.map(({ name }) => relative(root, name).replaceAll('\\', '/')));
  const wanted = globSync(files.pattern, { cwd: root }).map((path) => path.replaceAll('\\', '/'));
  return wanted.filter((path) => !loaded.has(path) && !files.except?.some((part) => path.startsWith(part)));
};

interface FileChoice {
  pattern: string;
  /** Beginnings of paths that another step runs, or none. */
  except?: string[];
}

const vitestStep =
  (name: string, files: FileChoice, args: string[] = [], env: Record<string, string> = {}) =>
  async (timeoutMs: number): Promise<Result> => {
    const file = join(reports, `${name.replace(/\W+/g, '-')}.json`);
    const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${file}`];
    const succeeded = await execute(vitest('run', ...args, ...reporters), timeoutMs, env);
    if (!existsSync(file)) return { passed: 0, failed: 1, notRun: [] };
    const report: VitestReport = JSON.parse(readFileSync(file, 'utf8'));
    const broken = report.testResults.filter(
      ({ status, assertionResults }) => status === 'failed' && assertionResults.length === 0,
    ).length;
    const missing = neverLoaded(files, report);
    for (const path of missing) console.log(`Never loaded: ${path}`);
    const failed = report.numFailedTests + broken + missing.length;
    return {
      passed: report.numPassedTests,
      // An error outside of any test, or nothing run at all, is a failure too.
      failed: failed === 0 && (!succeeded || report.numPassedTests === 0) ? 1 : failed,
      notRun: report.testResults.flatMap(({ name: path, assertionResults }) => {
        const skipped = assertionResults.filter(
          ({ status }) => !['passed', 'failed'].includes(status),
        ).length;
        const file = relative(root, path).replaceAll('\\', '/');
        return skipped > 0 ? [`${skipped} tests of ${file}: ${SKIP_REASONS[file] ?? 'skipped there'}`] : [];
      }),
    };
  };

const e2eStep =
  (browser: BrowserName) =>
  async (timeoutMs: number): Promise<Result> => {
    if (findBrowser(browser) === null) {
      const reason = `end-to-end tests in ${browser}: no such browser here. ${browserAdvice(browser)}`;
      return { passed: 0, failed: process.env.CI ? 1 : 0, notRun: [reason] };
    }
    const files = {
      pattern: 'tests/e2e/**/*.test.ts',
      // Colours, sizes and order are looked at in one browser.
      except: browser === 'firefox' ? ['tests/e2e/accessibility.test.ts'] : [],
    };
    return vitestStep(`e2e-${browser}`, files, ['-c', 'vitest.e2e.config.ts', '--project', browser])(
      timeoutMs,
    );
  };

const STEPS: Step[] = [
  { name: 'format and lint', group: 'static', timeoutMs: MINUTE_MS, run: toolStep(biome('ci', '.')) },
  { name: 'types', group: 'static', timeoutMs: MINUTE_MS, run: toolStep(tsc('--noEmit')) },
  {
    name: 'unit',
    group: 'unit',
    timeoutMs: 8 * MINUTE_MS,
    run: vitestStep('unit', { pattern: 'tests/**/*.test.{ts,tsx}', except: ['tests/e2e/'] }),
  },
  {
    name: 'chaos',
    group: 'chaos',
    timeoutMs: 4 * MINUTE_MS,
    // A failure prints its seed.
    run: toolStep(['scripts/chaos.ts', '--runs', '500', '--seed', '1']),
  },
  {
    // Fails below 100 %. One case per law: what is covered by luck is not covered.
    name: 'core coverage',
    group: 'unit',
    timeoutMs: 3 * MINUTE_MS,
    run: vitestStep(
      'core-coverage',
      { pattern: 'tests/core/**/*.test.ts' },
      ['tests/core', '--project', 'background', '--coverage'],
      { COUNTERPART_CASES: '1' },
    ),
  },
  {
    name: 'build',
    group: 'build',
    timeoutMs: MINUTE_MS,
    run: toolStep(wxt('build', '-b', 'chrome'), wxt('build', '-b', 'firefox')),
  },
  {
    name: 'artefacts',
    group: 'build',
    needs: ['build'],
    timeoutMs: MINUTE_MS,
    run: vitestStep('artefacts', { pattern: 'tests/**/*.check.ts' }, [
      '-c',
      'vitest.e2e.config.ts',
      '--project',
      'artefacts',
    ]),
  },
  { name: 'chromium', group: 'e2e', needs: ['build'], timeoutMs: 8 * MINUTE_MS, run: e2eStep('chromium') },
  { name: 'firefox', group: 'e2e', needs: ['build'], timeoutMs: 8 * MINUTE_MS, run: e2eStep('firefox') },
];

function selectSteps(only: string[]): Step[] {
  if (only.length === 0) return STEPS;
  const chosen = STEPS.filter(({ name, group }) => only.includes(name) || only.includes(group));
  if (chosen.length === 0) {
    const words = [...new Set(STEPS.flatMap(({ name, group }) => [group, name]))];
    throw new Error(`--only takes one of: ${words.join(', ')}`);
  }
  // What a chosen step needs is run too.
  const needed = new Set(chosen.flatMap(({ name, needs }) => [name, ...(needs ?? [])]));
  return STEPS.filter(({ name }) => needed.has(name));
}

async function main(): Promise<void> {
  const values = readOptions({ only: { type: 'string', multiple: true, default: [] } });
  const rows: { name: string; result: Result; seconds: number }[] = [];
  const failedSteps = new Set<string>();
  for (const step of selectSteps(values.only)) {
    if (stopped) break;
    console.log(`\n── ${step.name} ${'─'.repeat(60 - step.name.length)}`);
    const missing = step.needs?.find((name) => failedSteps.has(name));
    const startedAt = Date.now();
    const result: Result = missing
      ? { passed: 0, failed: 1, notRun: [`${step.name}: ${missing} failed`] }
      : await step.run(step.timeoutMs);
    if (result.failed > 0) failedSteps.add(step.name);
    rows.push({ name: step.name, result, seconds: (Date.now() - startedAt) / 1000 });
  }

  console.log('\nstep              passed  failed     time');
  for (const { name, result, seconds } of rows)
    console.log(
      `${name.padEnd(18)}${String(result.passed).padStart(6)}${String(result.failed).padStart(8)}${seconds.toFixed(1).padStart(8)} s`,
    );
  for (const { result } of rows) for (const reason of result.notRun) console.log(`not run: ${reason}`);
  if (stopped) console.log('not run: everything after the signal that stopped this run');

  const sum = (key: 'passed' | 'failed') => rows.reduce((total, { result }) => total + result[key], 0);
  if (sum('failed') > 0 || sum('passed') === 0) process.exitCode ||= 1;
  console.log(`${sum('passed')} passed, ${sum('failed')} failed`);
}

await main();
