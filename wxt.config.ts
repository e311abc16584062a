import { defineConfig } from 'wxt';
import { GHL_PAGES } from './lib/vendors/ghl/detect.ts';

/** Public half of the key that fixes the Chrome extension id; the store keeps the private half. */
const CHROME_KEY =
  'MIIBIjANBgkqhkiG9w0BAQEFAAOCAQ8AMIIBCgKCAQEA11Sx2Djqgcjyg5uojTkMHTQLb04KNpsaxzqhh+NBiHCLSKxWS8X3KF0fgNJVj8RYKZ8zPafw7bFQkqw5j8CQBUxws1G+eQgJZyT4e4w/7Mq7Du6rB+sjiT9ZbrjzkxTLgQXw6E6mBKQy/f92XMXd9/Ma6D3ts3Yibjt4FIPE6gedYqDL370NqAc0jUkQ3OBtnPbOifoQLdoCuIgvIxfwWZsRuwvO1FpEVmUmzgTDeaPtnty6LO2I9EY6J5ofoVKoL8CPWWTa8OkgYNS5HJEIa5P8an0Qqhd+wHH0h68oS+hsMncc5O/e+pz7d3de8vgRC0ArjKltD0Rs9Fdomgl+6QIDAQAB';

/** Pages where people are recognised, and the two API hosts. Nothing else: see README, "Permissions". */
const HOSTS = ['https://app.atera.com/*', 'https://services.leadconnectorhq.com/*', ...GHL_PAGES];

export default defineConfig({
  manifestVersion: 3,
  imports: false,
  modules: ['@wxt-dev/module-react', '@wxt-dev/i18n/module'],
  zip: { excludeSources: ['demo-output/**', 'coverage/**'] },
  manifest: ({ browser }) => ({
    name: '__MSG_extName__',
    description: '__MSG_extDescription__',
    default_locale: 'en',
    permissions: ['storage', 'scripting', 'alarms'],
    host_permissions: HOSTS,
    incognito: 'not_allowed',
    action: { default_title: '__MSG_extName__' },
    content_security_policy: {
      extension_pages: "script-src 'self'; object-src 'none'; base-uri 'none'; frame-ancestors 'none'",
    },
    ...(browser === 'firefox'
      ? {
          browser_specific_settings: {
            gecko: {
              id: 'counterpart@counterpart.example',
              strict_min_version: '140.0',
              data_collection_permissions: { required: ['none'] },
            },
          },
        }
      : { key: CHROME_KEY, minimum_chrome_version: '120' }),
  }),
});
