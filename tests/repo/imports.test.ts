import { readFileSync } from 'node:fs';
import { dirname, join, normalize } from 'node:path';
import { describe, expect, it } from 'vitest';
import { listFiles } from './project.ts';

/**
 * Who may import whom: arrows point inward. `may` holds for everything, `mayTypes` for `import type` alone, `packages` for npm
 * packages. Paths are those inside the project; the first zone that fits a file counts.
 */
interface Zone {
  name: string;
  files: RegExp;
  may: RegExp;
  mayTypes?: RegExp;
  packages: RegExp;
}

const NONE = /^$/;
const LEAF = String.raw`lib\/(errors|messaging|panel-state|connection-report|i18n|logger)\.ts`;
const CORE = String.raw`lib\/core\/`;

const ZONES: Zone[] = [
  { name: 'core', files: /^lib\/core\//, may: /^lib\/core\//, packages: /^libphonenumber-js(\/|$)/ },
  {
    name: 'sandbox',
    files: /^lib\/sandbox\//,
    may: /^lib\/sandbox\//,
    mayTypes: /^lib\/core\//,
    packages: /^hono(\/|$)/,
  },
  ...(['atera', 'ghl'] as const).map((vendor) => ({
    name: `vendor ${vendor}`,
    files: new RegExp(`^lib/vendors/${vendor}/`),
    may: new RegExp(String.raw`^(lib\/vendors\/(${vendor}\/|[^/]+$)|${CORE}|lib\/errors\.ts)`),
    mayTypes: /^lib\/(platform\/(http|limiter)|panel-state)\.ts$/,
    packages: /^valibot$/,
  })),
  {
    name: 'what the vendors share',
    files: /^lib\/vendors\//,
    may: new RegExp(String.raw`^(lib\/vendors\/|${CORE}|lib\/errors\.ts)`),
    mayTypes: /^lib\/(platform\/(http|limiter)|panel-state)\.ts$/,
    packages: /^valibot$/,
  },
  {
    name: 'platform',
    files: /^lib\/platform\//,
    may: new RegExp(`^(lib/platform/|${CORE}|${LEAF})`),
    packages: /^(webextension-polyfill|ky|dexie|valibot|@wxt-dev\/storage|wxt\/utils\/.+)$/,
  },
  {
    name: 'the one place where the sandbox meets the product',
    files: /^lib\/services\/sample\.ts$/,
    may: new RegExp(String.raw`^(lib\/services\/|lib\/platform\/|lib\/sandbox\/index\.ts|${CORE}|${LEAF})`),
    packages: NONE,
  },
  {
    name: 'services',
    files: /^lib\/services\//,
    may: new RegExp(String.raw`^(lib\/(services|vendors|platform)\/|${CORE}|${LEAF})`),
    packages: /^valibot$/,
  },
  {
    name: 'the one place of the panel that touches the browser',
    files: /^lib\/panel\/browser-actions\.ts$/,
    may: new RegExp(String.raw`^(lib\/panel\/|lib\/platform\/(browser|messenger)\.ts|${CORE}|${LEAF})`),
    packages: NONE,
  },
  {
    name: 'panel',
    files: /^lib\/panel\//,
    may: new RegExp(String.raw`^(lib\/panel\/|lib\/platform\/messenger\.ts|${CORE}|${LEAF})`),
    packages: /^zustand(\/|$)/,
  },
  {
    name: 'what the content scripts share',
    files: /^lib\/report-subject\.ts$/,
    may: new RegExp(`^(${CORE}|${LEAF})`),
    packages: /^wxt\/(browser|utils\/.+)$/,
  },
  {
    name: 'leaf files',
    files: /^lib\/[^/]+\.ts$/,
    may: new RegExp(`^(${CORE}|${LEAF})`),
    packages: /^#i18n$/,
  },
  {
    name: 'components',
    files: /^components\//,
    may: new RegExp(String.raw`^(components\/|lib\/panel\/|${CORE}|${LEAF})`),
    packages: /^(react|react-dom|zustand|@mantine\/.+|@tabler\/icons-react)(\/|$)/,
  },
  {
    name: 'content scripts',
    files: /^entrypoints\/[^/]+\.content\.ts$/,
    may: new RegExp(
      String.raw`^(lib\/vendors\/([^/]+\/)?detect\.ts|lib\/report-subject\.ts|lib\/platform\/[^/]+\.ts|${CORE}|${LEAF})`,
    ),
    packages: /^wxt\/utils\//,
  },
  { name: 'background', files: /^entrypoints\/background\.ts$/, may: /^lib\//, packages: /^wxt\/utils\// },
  {
    name: 'pages of the extension',
    files: /^entrypoints\//,
    may: new RegExp(
      String.raw`^(entrypoints\/|components\/|lib\/panel\/|lib\/platform\/messenger\.ts|${CORE}|${LEAF})`,
    ),
    packages: /^(react|react-dom|@mantine\/.+)(\/|$)/,
  },
  { name: 'scripts', files: /^scripts\//, may: /^(scripts|lib)\//, packages: /./ },
];

interface Import {
  from: string;
  to: string;
  isType: boolean;
  isPackage: boolean;
}

const IMPORT =
  /(?:^|\n)\s*(?:import|export)\s+(type\s+)?(?:[^'";]*?from\s+)?['"]([^'"]+)['"]|import\(\s*['"]([^'"]+)['"]\s*\)/g;

function importsOf(file: string): Import[] {
  return [...readFileSync(file, 'utf8').matchAll(IMPORT)].map(([, type, named, dynamic]) => {
    const to = named ?? dynamic ?? '';
    const isPackage = !to.startsWith('.');
    return {
      from: file,
      to: isPackage ? to : normalize(join(dirname(file), to)).replaceAll('\\', '/'),
      isType: type !== undefined,
      isPackage,
    };
  });
}

const sources = listFiles().filter((file) => /^(entrypoints|components|lib|scripts)\/.*\.tsx?$/.test(file));
const imports = sources.flatMap(importsOf);
const zoneOf = (file: string) => ZONES.find(({ files }) => files.test(file));
const show = ({ from, to, isType }: Import) => `${from} imports ${isType ? 'types of ' : ''}${to}`;

describe('imports', () => {
  it('finds the imports it is to judge', () => {
    expect(imports.length).toBeGreaterThan(50);
  });

  it('knows a zone for every source file', () => {
    expect(sources.filter((file) => zoneOf(file) === undefined)).toEqual([]);
  });

  it.each(ZONES)('$name: only what this zone may import', (zone) => {
    const forbidden = imports
      .filter(({ from }) => zoneOf(from) === zone)
      .filter(({ to, isType, isPackage }) => {
        if (isPackage) return !zone.packages.test(to);
        return !(zone.may.test(to) || (isType && zone.mayTypes?.test(to)));
      });
    expect(forbidden.map(show)).toEqual([]);
  });

  it('names the file with its ending, so that Node runs the same sources', () => {
    const bare = imports.filter(({ to, isPackage }) => !isPackage && !/\.(tsx?|mjs|css|json)$/.test(to));
    expect(bare.map(show)).toEqual([]);
  });
});
