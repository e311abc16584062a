import { expect, it } from 'vitest';
import { pageTemplates } from '../../lib/platform/storage.ts';
import { createPageMarks } from '../../lib/services/page-marks.ts';

it('changes that are made at once lose nothing, and a page is only one thing', async () => {
  const marks = createPageMarks();
  await Promise.all([
    marks.add({ template: '/new/a/{id}', kind: 'contact' }),
    marks.add({ template: '/new/b/{id}', kind: 'customer' }),
    marks.add({ template: '/new/c/{id}', kind: 'contact' }),
    marks.add({ template: '/new/a/{id}', kind: 'customer' }),
    marks.remove('/new/b/{id}'),
  ]);
  expect(await pageTemplates.getValue()).toEqual([
    { template: '/new/c/{id}', kind: 'contact' },
    { template: '/new/a/{id}', kind: 'customer' },
  ]);
});
