import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { afterEach, describe, expect, it } from 'vitest';

const root = fileURLToPath(new URL('../../', import.meta.url));
/** The Node that comes with the project's dependencies, because an older one cannot run TypeScript. */
const packaged = ['node', 'node.exe']
  .map((name) => `${root}node_modules/.bin/${name}`)
  .find((path) => existsSync(path));
const node =
  Number(process.versions.node.split('.')[0]) >= 24 ? process.execPath : (packaged ?? process.execPath);

interface Ready {
  atera: { baseUrl: string; apiKey: string };
  ghl: { baseUrl: string; token: string; readonlyToken: string; locationId: string };
}

const running: ChildProcess[] = [];
afterEach(() => {
  for (const child of running.splice(0)) child.kill('SIGKILL');
});

/** Starts the script; resolves with its first line, and collects the rest. */
async function start(
  ...args: string[]
): Promise<{ ready: Ready; lines: string[]; child: ChildProcess; ended: Promise<number | null> }> {
  const child = spawn(node, ['scripts/sandbox.ts', ...args], {
    cwd: root,
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  running.push(child);
  const ended = new Promise<number | null>((resolve) => child.once('exit', (code) => resolve(code)));
  const lines: string[] = [];
  const first = await new Promise<string>((resolve, reject) => {
    if (child.stdout) {
      createInterface({ input: child.stdout }).on('line', (line) => {
        lines.push(line);
        resolve(line);
      });
    }
    ended.then((code) => reject(new Error(`ended with ${code}`)));
  });
  return { ready: JSON.parse(first) as Ready, lines, child, ended };
}

describe('scripts/sandbox.ts', () => {
  it('serves both vendors over HTTP, says where in one line, and stops on SIGTERM', {
    timeout: 30_000,
  }, async () => {
    const { ready, lines, child, ended } = await start('--atera-port', '0', '--ghl-port', '0');
    expect(ready.atera.baseUrl).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/api\/v3$/);
    expect(ready.ghl.baseUrl).toMatch(/^http:\/\/127\.0\.0\.1:\d+$/);

    const ticket = await fetch(`${ready.atera.baseUrl}/tickets/4821`, {
      headers: { authorization: `Bearer ${ready.atera.apiKey}` },
    });
    const { TicketTitle } = (await ticket.json()) as { TicketTitle: string };
    expect(TicketTitle).toBe('Printer offline again');

    const headers = {
      authorization: `Bearer ${ready.ghl.token}`,
      version: '2023-02-21',
      'content-type': 'application/json',
    };
    const created = await fetch(`${ready.ghl.baseUrl}/contacts/`, {
      method: 'POST',
      headers,
      body: JSON.stringify({
        locationId: ready.ghl.locationId,
        email: 'ada@nightjar.example',
        tags: ['One', 'Two'],
      }),
    });
    expect(created.status).toBe(201);
    const { contact } = (await created.json()) as { contact: { id: string } };
    const removed = await fetch(`${ready.ghl.baseUrl}/contacts/${contact.id}/tags`, {
      method: 'DELETE',
      headers,
      body: JSON.stringify({ tags: ['one'] }),
    });
    expect(await removed.json()).toMatchObject({ tags: ['two'] });
    const refused = await fetch(`${ready.ghl.baseUrl}/contacts/${contact.id}`, {
      method: 'DELETE',
      headers: { ...headers, authorization: `Bearer ${ready.ghl.readonlyToken}` },
    });
    expect(refused.status).toBe(401);

    const page = await fetch(new URL('/new/ticket/4821', ready.atera.baseUrl));
    expect(await page.text()).toContain('Printer offline again');
    const other = await fetch(
      `${ready.ghl.baseUrl}/v2/location/${ready.ghl.locationId}/contacts/detail/${contact.id}`,
    );
    expect(await other.text()).toContain('ada@nightjar.example');

    child.kill('SIGTERM');
    expect(await ended).toBe(0);
    expect(lines).toHaveLength(1);
  });

  it('refuses a port that is none', { timeout: 30_000 }, async () => {
    const child = spawn(node, ['scripts/sandbox.ts', '--ghl-port', 'many'], { cwd: root, stdio: 'ignore' });
    running.push(child);
    expect(await new Promise((resolve) => child.once('exit', resolve))).toBe(2);
  });
});
