import { describe, expect, it } from 'vitest';
import reviewed from '../permissions.json' with { type: 'json' };
import { BUILDS, readBuilt } from './built.ts';

const sorted = (list: string[] = []) => [...list].sort();

describe.each(BUILDS)('manifest of the build for $browser', (build) => {
  const manifest = JSON.parse(readBuilt(build, 'manifest.json'));

  it('asks for exactly the reviewed permissions', () => {
    expect({
      permissions: sorted(manifest.permissions),
      host_permissions: sorted(manifest.host_permissions),
    }).toEqual(reviewed[build.browser]);
    expect(manifest.optional_permissions ?? []).toEqual([]);
    expect(manifest.optional_host_permissions ?? []).toEqual([]);
  });

  it('runs content scripts on the reviewed hosts only, and not on the API', () => {
    const matches: string[] = (manifest.content_scripts ?? []).flatMap(
      (script: { matches: string[] }) => script.matches,
    );
    const hosts = reviewed[build.browser].host_permissions;
    expect(matches.length).toBeGreaterThan(0);
    for (const match of matches) {
      const host = new URL(match.replace(/\*$/, '')).origin;
      expect(hosts).toContain(`${host}/*`);
      expect(host).not.toBe('https://services.leadconnectorhq.com');
    }
  });

  it('allows scripts of its own only, and no private windows', () => {
    const policy: string = manifest.content_security_policy.extension_pages;
    expect(policy).toContain("script-src 'self';");
    expect(policy).not.toMatch(/unsafe|https?:|localhost|data:|\*/);
    expect(manifest.incognito).toBe('not_allowed');
    expect(manifest.externally_connectable).toBeUndefined();
    expect(manifest.web_accessible_resources ?? []).toEqual([]);
  });

  it('is a version 3 manifest with a panel of this browser', () => {
    expect(manifest.manifest_version).toBe(3);
    if (build.browser === 'chromium') expect(manifest.side_panel.default_path).toBe('sidepanel.html');
    else
      expect(manifest.sidebar_action).toMatchObject({
        default_panel: 'sidepanel.html',
        open_at_install: false,
      });
  });
});
