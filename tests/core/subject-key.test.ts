import { expect, it } from 'vitest';
import { subjectKey } from '../../lib/core/contact.ts';

it('names a subject whatever the order of its keys, and never two subjects alike', () => {
  const key = subjectKey({ vendor: 'atera', kind: 'ticket', id: '4821' });
  expect(subjectKey({ id: '4821', kind: 'ticket', vendor: 'atera' })).toBe(key);
  const others = [
    subjectKey({ vendor: 'atera', kind: 'contact', id: '4821' }),
    subjectKey({ vendor: 'ghl', kind: 'contact', id: 'a', locationId: 'b/c' }),
    subjectKey({ vendor: 'ghl', kind: 'contact', id: 'a/b', locationId: 'c' }),
  ];
  expect(new Set([key, ...others]).size).toBe(4);
});
