import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { basename, extname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Page } from 'puppeteer-core';
import { build } from 'vite';
import { type Driver, launch } from '../../scripts/support/browser.ts';
import { createCertificate } from '../../scripts/support/certificate.ts';
import { browserName } from './support.ts';

const HOST = 'preview.example';
const TYPES: Record<string, string> = { '.html': 'text/html', '.js': 'text/javascript', '.css': 'text/css' };
/** Looks and sizes are those at rest. */
const STILL = '*, *::before, *::after { transition: none !important; animation: none !important; }';

export interface Preview {
  page: Page;
  names: string[];
  setWidth(width: number): Promise<void>;
  close(): Promise<void>;
}

/** Every scene of `tests/support/scenes.ts` in a real browser: the views alone, without extension and background. */
export async function openPreview(): Promise<Preview> {
  const folder = mkdtempSync(join(tmpdir(), 'counterpart-preview-'));
  const root = fileURLToPath(new URL('../support/preview', import.meta.url));
  await build({
    configFile: join(root, 'vite.config.ts'),
    root,
    logLevel: 'error',
    build: { outDir: folder, emptyOutDir: true, minify: false, chunkSizeWarningLimit: 10_000 },
  });
  const { key, cert, spkiHash } = createCertificate([HOST]);
  const server = createServer({ key, cert }, (request, response) => {
    const { pathname } = new URL(request.url ?? '/', `https://${HOST}`);
    const path =
      pathname === '/' ? 'index.html' : /^\/(assets|icon)\/[\w.-]+$/u.test(pathname) ? pathname : null;
    if (path === null) return response.writeHead(404).end();
    response.writeHead(200, { 'content-type': TYPES[extname(basename(path))] ?? 'image/svg+xml' });
    return response.end(readFileSync(join(folder, path)));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  let driver: Driver | undefined;
  const close = async (): Promise<void> => {
    await driver?.close();
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
    rmSync(folder, { recursive: true, force: true });
  };
  try {
    // Nothing is installed; the driver only wants to know what would be.
    writeFileSync(join(folder, 'manifest.json'), '{}');
    driver = await launch(browserName, { hosts: { port, spkiHash }, extension: folder, install: false });
    const page = await driver.openPage(`https://${HOST}/`);
    await page.evaluate((css) => {
      const style = document.createElement('style');
      style.textContent = css;
      document.head.append(style);
    }, STILL);
    const names = await page.evaluate(() => window.preview.names);
    const setWidth = (width: number): Promise<void> => page.setViewport({ width, height: 1800 });
    return { page, names, setWidth, close };
  } catch (error) {
    await close();
    throw error;
  }
}
