import { existsSync, readFileSync } from 'node:fs';
import { build as bundle } from 'vite';
import { describe, expect, it } from 'vitest';
import { BUILDS, closure, gzipBytes, listBuilt, readBuilt } from './built.ts';

const KB = 1024;

/** Found in code that talks to a vendor, and nowhere else: the API host, paths of the operations tables, header names. */
const CLIENT_MARKS = [
  'services.leadconnectorhq.com',
  'contacts/{contactId}',
  '/api/v3',
  'X-API-KEY',
  'Bearer ',
];

/** Texts by which these two are recognised; a renamed one fails here too, so that the search keeps its meaning. */
const LEFT_OUT = [
  { file: 'lib/sandbox/faults.ts', marks: ['wrongTypes', 'slowBody'] },
  { file: 'lib/sandbox/pages.ts', marks: ['/stand-in/app.js', 'Stand-in page, sample data'] },
];

describe.each(BUILDS)('bundles of the build for $browser', (build) => {
  const scripts = listBuilt(build, /\.js$/);
  const contentScripts = listBuilt(build, /^content-scripts\/.*\.js$/);

  it('keeps each content script within 6 KB', () => {
    expect(contentScripts.length).toBeGreaterThan(0);
    for (const path of contentScripts)
      expect({ path, fits: gzipBytes(readBuilt(build, path)) <= 6 * KB }).toEqual({ path, fits: true });
  });

  it.each(['sidepanel.html', 'options.html'])('keeps scripts and styles of %s within 220 KB', (page) => {
    const parts = closure(build, page).filter((path) => /\.(js|css)$/.test(path));
    const total = parts.reduce((sum, path) => sum + gzipBytes(readBuilt(build, path)), 0);
    expect(parts.length).toBeGreaterThan(1);
    expect(total).toBeLessThanOrEqual(220 * KB);
  });

  it('keeps the vendor clients out of content scripts and pages', () => {
    const files = [...contentScripts, ...closure(build, 'sidepanel.html'), ...closure(build, 'options.html')];
    const found = files.flatMap((path) =>
      CLIENT_MARKS.filter((mark) => readBuilt(build, path).includes(mark)).map((mark) => `${path}: ${mark}`),
    );
    expect(found).toEqual([]);
  });

  it('has the vendor clients in the background, so that the marks mean something', () => {
    const background = closure(build, 'background.js')
      .map((path) => readBuilt(build, path))
      .join('\n');
    expect(background).toContain('services.leadconnectorhq.com');
    expect(background).toContain('contacts/{contactId}');
  });

  it('builds no code from text and loads none from elsewhere', () => {
    const found = scripts.flatMap((path) =>
      [
        ...readBuilt(build, path).matchAll(
          /\beval\(|\bnew Function\b|\bFunction\(["'`]|\bimportScripts\(|import\(["'`]https?:/g,
        ),
      ].map(([mark]) => `${path}: ${mark}`),
    );
    expect(found).toEqual([]);
    for (const page of listBuilt(build, /\.html$/)) {
      const html = readBuilt(build, page);
      expect(html).not.toMatch(/<script(?![^>]*\bsrc=["']\/)[^>]*>/);
      expect(html).not.toMatch(/(src|href)=["'](https?:)?\/\//);
    }
  });

  it.each(LEFT_OUT)('leaves $file out', ({ file, marks }) => {
    const source = readFileSync(file, 'utf8');
    expect(marks.filter((mark) => !source.includes(mark))).toEqual([]);
    const found = scripts.flatMap((path) => marks.filter((mark) => readBuilt(build, path).includes(mark)));
    expect(found).toEqual([]);
  });

  it('ships no source maps and no files of the project itself', () => {
    expect(listBuilt(build, /\.(map|ts|tsx)$/)).toEqual([]);
    expect(existsSync(`${build.folder}/package.json`)).toBe(false);
  });
});

describe('sandbox', () => {
  it('adds at most 60 KB to the background', async () => {
    const result = await bundle({
      configFile: false,
      logLevel: 'silent',
      build: {
        write: false,
        minify: true,
        lib: { entry: 'lib/sandbox/index.ts', formats: ['es'], fileName: 'sandbox' },
      },
    });
    const outputs = [result].flat().flatMap((part) => ('output' in part ? part.output : []));
    const code = outputs.map((part) => (part.type === 'chunk' ? part.code : '')).join('\n');
    expect(code.length).toBeGreaterThan(1000);
    expect(gzipBytes(code)).toBeLessThanOrEqual(60 * KB);
  });
});
