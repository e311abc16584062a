/**
 * `npm run demo [-- --headless] [--browser firefox]`: the release build in a real browser, on the sandbox. With a display it stays
 * open for people; without one it does the main job itself, says what was read, written and verified, and takes pictures.
 */
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import { join, relative } from 'node:path';
import { SCENES } from '../lib/sandbox/index.ts';
import { type BrowserName, root } from './setup.mjs';
import { connectAccounts } from './support/accounts.ts';
import { changesBetween, isWrite } from './support/changes.ts';
import { endWith, readOptions } from './support/options.ts';
import { pagePanel } from './support/panel.ts';
import { readSubjectView } from './support/state.ts';
import { wxt } from './support/tools.ts';
import { waitFor } from './support/wait.ts';
import { createWorld, type World } from './support/world.ts';

const scene = SCENES.served.main;
const TICKET_URL = `https://app.atera.com/new/ticket/${scene.ticketId}`;
const PANEL_SIZE = { width: 400, height: 900 };
const NARROW_SIZE = { width: 280, height: 900 };

const hasDisplay = () =>
  process.platform !== 'linux' || Boolean(process.env.DISPLAY || process.env.WAYLAND_DISPLAY);

function build(browser: BrowserName): void {
  const args = wxt('build', '-b', browser === 'chromium' ? 'chrome' : 'firefox');
  const result = spawnSync(process.execPath, args, { cwd: root, encoding: 'utf8' });
  assert.equal(result.status, 0, `The build failed:\n${result.stdout}${result.stderr}`);
}

let stepNumber = 0;
/** One step of the demo: its work throws when something is not as it should be, and returns what to print. */
async function step(title: string, work: () => Promise<string[]> | string[]): Promise<void> {
  stepNumber += 1;
  const startedAt = Date.now();
  const lines = await work();
  console.log(`\n${stepNumber}. ${title}  (${Date.now() - startedAt} ms)`);
  for (const line of lines) console.log(`   ${line}`);
}

const shown = (value: unknown): string =>
  value === null || value === undefined ? '—' : JSON.stringify(value);

/** The main job, step by step, each checked against the sandbox. */
async function drive({ driver, sandbox, hosts }: World): Promise<void> {
  const pictures = join(root, 'demo-output', driver.name);
  mkdirSync(pictures, { recursive: true });
  const saved: string[] = [];
  const picture = async (name: string, take: (file: string) => Promise<unknown>) => {
    const file = join(pictures, `${name}.png`);
    await take(file);
    saved.push(relative(root, file));
  };
  const counterpartId = scene.ghlContactIds[0];
  const counterpart = () => sandbox.state.ghl.contacts.find(({ id }) => id === counterpartId);
  const callsSince = (from: number) =>
    sandbox.log
      .slice(from)
      .map(
        (call) =>
          `${isWrite(call) ? 'written ' : 'read    '} ${call.vendor} ${call.method} ${call.path} → ${call.status}`,
      );

  await step('Connect the sandbox accounts in the settings page', async () => {
    const options = await connectAccounts(driver, sandbox);
    const html = await options.content();
    assert(
      !html.includes(sandbox.atera.apiKey) && !html.includes(sandbox.ghl.token),
      'a token stayed in the page',
    );
    await picture('settings', (file) => options.screenshot({ path: file as `${string}.png` }));
    await options.close();
    return ['both connected; neither token is in the page any more', ...callsSince(0)];
  });

  const seen = sandbox.log.length;
  const ticket = await driver.openPage(TICKET_URL);
  const tabId = await driver.tabIdOf(ticket);
  const page = await driver.openExtensionPage(`sidepanel.html?tab=${tabId}`);
  await page.setViewport(PANEL_SIZE);
  await page.bringToFront();
  const panel = pagePanel(page);

  await step(`Open ${TICKET_URL} and see who it is`, async () => {
    await panel.waitForText(/Push \d+ changes? to GHL/);
    const view = await readSubjectView(page, tabId);
    assert(view.person.status === 'ready' && view.match.status !== 'loading');
    const { match, person } = view;
    assert(match.status === 'linked' || match.status === 'one', `the match is ${match.status}`);
    assert.equal(match.counterpart.ref.id, counterpartId, 'another person was matched');
    return [
      ...callsSince(seen),
      `shown    ${view.headline?.number}: ${person.value.name}, ${person.value.email}`,
      `matched  ${match.counterpart.name} in GHL: ${match.evidence.map(({ kind }) => kind).join(', ')}`,
    ];
  });

  const before = structuredClone(counterpart());
  await step('See what differs', async () => {
    const { rows } = await readSubjectView(page, tabId);
    const different = rows.filter(({ status }) => status !== 'same');
    assert(different.length > 0, 'nothing differs');
    await picture('panel-light', (file) => page.screenshot({ path: file as `${string}.png` }));
    await driver.setTheme(page, 'dark');
    await page.waitForFunction(() => matchMedia('(prefers-color-scheme: dark)').matches);
    await picture('panel-dark', (file) => page.screenshot({ path: file as `${string}.png` }));
    await driver.setTheme(page, 'light');
    await page.setViewport(NARROW_SIZE);
    await picture('panel-narrow', (file) => page.screenshot({ path: file as `${string}.png` }));
    await page.setViewport(PANEL_SIZE);
    return different.map(
      ({ field, left, right, toRight }) =>
        `${field.padEnd(10)} Atera ${shown(left)}  GHL ${shown(right)}  ${toRight.can ? `would write ${shown(toRight.value)}` : `not written: ${toRight.reason}`}`,
    );
  });

  await step('The same in the real side panel', async () => {
    const side = await driver.openSidePanel(ticket);
    await side.waitForText(/Push \d+ changes? to GHL/);
    await picture('side-panel', (file) => side.screenshot(file));
    assert.equal(await side.overflow(), 0, 'the side panel cuts its content off');
    await page.bringToFront();
    return ['opened by the toolbar button, shows the same push'];
  });

  await step('Push to GHL and verify', async () => {
    const logged = sandbox.log.length;
    await panel.click(/^Push \d+ changes? to GHL$/);
    await panel.waitForText(/changes? verified in GHL/);
    const { receipt } = await readSubjectView(page, tabId);
    assert(receipt?.state === 'done', `the receipt says ${receipt?.state}`);
    const writes = sandbox.log.slice(logged).filter(isWrite);
    assert.deepEqual(
      writes.map(({ method, path }) => `${method} ${path}`),
      [`PUT /contacts/${counterpartId}`],
      'other writes than expected',
    );
    const sent = new Map(receipt.fields.map(({ field, sent: value }) => [field, value]));
    for (const { field, outcome } of receipt.fields)
      assert.equal(outcome, 'verified', `${field} is ${outcome}`);
    const changed = changesBetween(before, counterpart()).filter(({ path }) => path !== 'dateUpdated');
    const keys = Object.keys(writes[0]?.body as object);
    assert.deepEqual(
      [...new Set(changed.map(({ path }) => path.split('.')[0]))].sort(),
      keys.sort(),
      'the sandbox changed in other places than the request names',
    );
    await page.evaluate(() => Promise.allSettled(document.getAnimations().map(({ finished }) => finished)));
    await picture('panel-pushed', (file) => page.screenshot({ path: file as `${string}.png` }));
    return [
      ...callsSince(logged),
      `body     ${JSON.stringify(writes[0]?.body)}`,
      ...[...sent].map(([field, value]) => `verified ${field} = ${shown(value)}`),
      ...changed.map((change) => `sandbox  ${change.path}: ${shown(change.before)} → ${shown(change.after)}`),
    ];
  });

  await step('Nothing else happened', async () => {
    assert.deepEqual(hosts.unexpected(), [], 'an unexpected host was contacted');
    assert.deepEqual(await driver.extensionErrors(), [], 'the extension printed errors');
    return ['no other host was contacted, no error was printed'];
  });

  console.log(`\nPictures:\n${saved.map((file) => `   ${file}`).join('\n')}`);
}

/** Leaves everything open for a person until the browser is closed. */
async function show({ driver, sandbox }: World): Promise<void> {
  const options = await connectAccounts(driver, sandbox);
  const ticket = await driver.openPage(TICKET_URL);
  await options.close();
  await driver.openSidePanel(ticket);
  console.log(
    `${driver.version} shows ${TICKET_URL}, with sample accounts from this computer. Close the browser to end.`,
  );
  await waitFor('the browser to be closed', () => !driver.browser.connected, {
    timeoutMs: Number.POSITIVE_INFINITY,
    intervalMs: 500,
  });
}

const values = readOptions({
  headless: { type: 'boolean', default: false },
  browser: { type: 'string', default: 'chromium' },
});
if (values.browser !== 'chromium' && values.browser !== 'firefox')
  endWith('--browser takes chromium or firefox.');
const isUnattended = values.headless || !hasDisplay();

let world: World | undefined;
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const)
  process.on(signal, () => {
    // While the browser is still starting there is no world; what there is, ends with this process.
    void Promise.resolve(world?.close()).finally(() => process.exit(130));
  });
try {
  console.log(`Counterpart demo in ${values.browser}${isUnattended ? ', on its own' : ''}`);
  build(values.browser);
  world = await createWorld(values.browser, { headless: isUnattended });
  await (isUnattended ? drive(world) : show(world));
  if (isUnattended) console.log('\nDone: shown, pushed, verified.');
} catch (error) {
  console.error(`\nStep ${stepNumber} failed: ${error instanceof Error ? error.message : String(error)}`);
  process.exitCode = 1;
} finally {
  await world?.close();
}
