import { describe, expect, it, vi } from 'vitest';
import type { Addition, RelatedItem, SubjectView } from '../../lib/panel-state.ts';
import { SCENES } from '../../lib/sandbox/index.ts';
import { pressFor } from '../support/press.ts';
import { createWorld, type World } from '../support/world.ts';

const scene = SCENES.served.main;
const PATIENT = { timeout: 4000, interval: 5 };
const ateraPost = { vendor: 'atera', method: 'POST' } as const;
const ghlPost = { vendor: 'ghl', method: 'POST', path: '/notes' } as const;

const technician = (world: World) => world.sandbox.state.atera.technicians[0]?.id ?? 0;
const ticketOf = (world: World) => {
  const found = world.sandbox.state.atera.tickets.find(({ TicketID }) => TicketID === scene.ticketId);
  if (!found) throw new Error('No such ticket');
  return found;
};
const notesOf = (world: World) =>
  world.sandbox.state.ghl.notes.filter(({ contactId }) => contactId === world.ghlContact('main').id);
const itemsOf = (view: SubjectView, name: 'notes' | 'comments'): RelatedItem[] => {
  const section = view.sections[name];
  return section.status === 'ready' ? section.items : [];
};

async function shownPerson(prepare: (world: World) => void = () => undefined) {
  const world = await createWorld();
  await world.connect();
  await world.send('setIdentity', { id: technician(world) });
  world.sandbox.state.ghl.notes.push({
    id: 'noteNoteNoteNote0001',
    contactId: world.ghlContact('main').id,
    body: '<p>Wants <b>two</b> chairs &amp; a lamp.</p><script>x()</script>',
    dateAdded: new Date(world.clock.now() - 60_000).toISOString(),
  });
  prepare(world);
  const { tabId, view } = await world.openTicket('main');
  world.sandbox.log.length = 0;
  const person = view.person.status === 'ready' ? view.person.value.ref : undefined;
  if (!person) throw new Error('Nobody');
  const preview = (source: { kind: 'note' | 'comment'; id: string }) =>
    world.send('previewCopy', { target: { tabId }, version: view.version, person, source });
  const noteCopy = async (): Promise<Addition> => {
    const { body, print, secrets } = await preview({ kind: 'note', id: 'noteNoteNoteNote0001' });
    return {
      kind: 'copy-note',
      sourceId: 'noteNoteNoteNote0001',
      body,
      print,
      seen: secrets,
      ticketId: String(scene.ticketId),
      authorId: technician(world),
    };
  };
  const commentCopy = async (
    pick: (item: RelatedItem) => boolean = ({ state }) => state === null,
  ): Promise<Addition> => {
    const item = itemsOf(view, 'comments').find(pick);
    if (!item?.copy) throw new Error('No comment');
    const { body, print, secrets } = await preview({ kind: 'comment', id: item.copy.id });
    return { kind: 'copy-comment', sourceId: item.copy.id, body, print, seen: secrets };
  };
  const add = (addition: Addition, id = 'press-1') =>
    world.send('addToContact', pressFor(tabId, view, addition, id));
  const now = () => world.shown(tabId, world.settled);
  return { world, tabId, view, preview, noteCopy, commentCopy, add, now };
}

const kinds = ['note', 'comment'] as const;
type Shown = Awaited<ReturnType<typeof shownPerson>>;
const copyOf = (kind: (typeof kinds)[number], shown: Shown): Promise<Addition> =>
  kind === 'note' ? shown.noteCopy() : shown.commentCopy();
const writeOf = (kind: (typeof kinds)[number]) => (kind === 'note' ? ateraPost : ghlPost);

describe('a note copied to a ticket', () => {
  it('is one internal comment, exactly as previewed: plain text, with where, when and a marker', async () => {
    const { world, noteCopy, add, now } = await shownPerson();
    const copy = await noteCopy();
    if (copy.kind !== 'copy-note') throw new Error('Not a note');
    expect(copy.body).toMatch(
      /^GHL note · \d{4}-\d\d-\d\d \d\d:\d\d UTC\n\nWants two chairs & a lamp\.\n\n\[cp:ghl\/note\/noteNoteNoteNote0001#[0-9a-f]{12}\]$/u,
    );
    expect(world.writes()).toEqual([]);
    expect(await add(copy)).toEqual({ id: 'press-1', state: 'done', error: null });
    expect(world.writes()).toHaveLength(1);
    expect(ticketOf(world).comments.at(-1)).toMatchObject({
      Comment: copy.body,
      TechnicianContactID: technician(world),
      IsInternal: true,
    });
    const view = await now();
    expect(itemsOf(view, 'notes').find(({ id }) => id === copy.sourceId)?.copied).toMatchObject({
      way: 'to',
      kind: 'comment',
      id: expect.stringMatching(new RegExp(`^${scene.ticketId}~`, 'u')),
      isEdited: false,
    });
    const comment = itemsOf(view, 'comments').find(({ body }) => body.includes('two chairs'));
    expect(comment?.copied).toMatchObject({ way: 'from', kind: 'note', id: copy.sourceId });
    // The marker is for machines.
    expect(comment?.body).not.toContain('[cp:');
    expect(world.bugs).toEqual([]);
  });

  it('names the author, where the right to read users is there', async () => {
    const { world, noteCopy } = await shownPerson((world) => {
      const [user] = world.sandbox.state.ghl.users;
      const note = world.sandbox.state.ghl.notes.at(-1);
      if (note && user) note.userId = user.id;
    });
    const [user] = world.sandbox.state.ghl.users;
    const named = await noteCopy();
    expect(named).toMatchObject({
      body: expect.stringContaining(`GHL note · ${user?.firstName} ${user?.lastName} · `),
    });
    world.faults.add({ vendor: 'ghl', path: '/users' }, { kind: 'status', status: 403 });
    expect(await noteCopy()).toMatchObject({ body: expect.stringMatching(/^GHL note · \d{4}-/u) });
  });

  it('is not copied again, to no other ticket, and its copy is not copied back', async () => {
    const { world, noteCopy, preview, add, now } = await shownPerson();
    const copy = await noteCopy();
    if (copy.kind !== 'copy-note') throw new Error('Not a note');
    await add(copy);
    const other = world.sandbox.state.atera.tickets.find(
      ({ EndUserID, TicketID }) => EndUserID === scene.ateraContactId && TicketID !== scene.ticketId,
    );
    const again = { ...copy, ticketId: String(other?.TicketID) };
    expect(await add(again, 'press-2')).toMatchObject({ state: 'failed', error: { code: 'already_copied' } });
    const made = itemsOf(await now(), 'comments').find(({ copied }) => copied);
    if (!made?.copy) throw new Error('No copy');
    const back = await preview({ kind: 'comment', id: made.copy.id });
    const { body, print, secrets: seen } = back;
    expect(
      await add({ kind: 'copy-comment', sourceId: made.copy.id, body, print, seen }, 'press-3'),
    ).toMatchObject({ state: 'failed', error: { code: 'already_copied' } });
    expect(world.writes()).toHaveLength(1);
  });

  it('shows an edit of the note, which can then be copied once more', async () => {
    const { world, tabId, noteCopy, add, now } = await shownPerson();
    await add(await noteCopy());
    const note = notesOf(world).find(({ id }) => id === 'noteNoteNoteNote0001');
    if (note) note.body = 'Wants three chairs.';
    await world.send('refreshView', { tabId });
    const view = await now();
    for (const name of ['notes', 'comments'] as const)
      expect(itemsOf(view, name).find(({ copied }) => copied)?.copied).toMatchObject({ isEdited: true });
    expect((await add(await noteCopy(), 'press-2')).state).toBe('done');
    expect(itemsOf(await now(), 'notes').find(({ copied }) => copied)?.copied?.isEdited).toBe(false);
    expect(world.writes()).toHaveLength(2);
  });

  it('is refused when the note is edited, or gone, since it was previewed', async () => {
    const { world, noteCopy, add } = await shownPerson();
    const copy = await noteCopy();
    const note = notesOf(world).find(({ id }) => id === 'noteNoteNoteNote0001');
    if (note) note.body = 'Wants three chairs.';
    expect(await add(copy)).toMatchObject({ state: 'failed', error: { code: 'plan_expired' } });
    world.sandbox.state.ghl.notes = world.sandbox.state.ghl.notes.filter((one) => one !== note);
    expect(await add(copy, 'press-2')).toMatchObject({ state: 'failed', error: { code: 'not_found' } });
    expect(world.writes()).toEqual([]);
  });

  it('is refused with other words than the note gives, without an identity, and on a foreign ticket', async () => {
    const { world, noteCopy, add } = await shownPerson();
    const copy = await noteCopy();
    if (copy.kind !== 'copy-note') throw new Error('Not a note');
    expect(await add({ ...copy, body: 'Anything' }, 'a')).toMatchObject({ error: { code: 'plan_expired' } });
    const ticketId = String(SCENES.served.exact.ticketId);
    expect(await add({ ...copy, ticketId }, 'b')).toMatchObject({ error: { code: 'subject_changed' } });
    await world.send('setIdentity', { id: null });
    expect(await add(copy, 'c')).toMatchObject({ error: { code: 'no_identity' } });
    expect(world.writes()).toEqual([]);
  });

  it('with a password in it is not sent before the warning was answered', async () => {
    const { world, noteCopy, add } = await shownPerson((world) => {
      const note = world.sandbox.state.ghl.notes.at(-1);
      if (note) note.body = 'password: hunter22';
    });
    const copy = await noteCopy();
    if (copy.kind !== 'copy-note') throw new Error('Not a note');
    expect(copy.seen).toEqual(['password']);
    expect(await add({ ...copy, seen: [] })).toMatchObject({ state: 'failed' });
    expect(world.writes()).toEqual([]);
    expect((await add(copy, 'press-2')).state).toBe('done');
  });
});

describe('a comment copied to GHL', () => {
  it('is one note, with who wrote it and when', async () => {
    const { world, commentCopy, add, now } = await shownPerson();
    const copy = await commentCopy();
    const before = notesOf(world).length;
    expect(copy).toMatchObject({ body: expect.stringMatching(/^Atera comment · .+ · .+ UTC\n\n/u) });
    expect(await add(copy)).toEqual({ id: 'press-1', state: 'done', error: null });
    expect(notesOf(world)).toHaveLength(before + 1);
    const view = await now();
    expect(itemsOf(view, 'comments').some(({ copied }) => copied?.way === 'to')).toBe(true);
    expect(itemsOf(view, 'notes').some(({ copied }) => copied?.way === 'from')).toBe(true);
  });

  it('is taken back while it says what was sent, in whatever markup, and not once somebody wrote in it', async () => {
    const { world, commentCopy, add } = await shownPerson();
    const copy = await commentCopy();
    const made = async (id: string, change: (body: string) => string): Promise<unknown> => {
      const hold = world.faults.add(ghlPost, { kind: 'hold', when: 'after' }, 1);
      const adding = add(copy, id);
      await hold.arrived;
      const note = notesOf(world).at(-1);
      if (note) note.body = change(note.body);
      hold.release();
      expect(await adding).toMatchObject({ state: 'done' });
      return world.send('undoActivity', { id: `addition:${id}`, press: id });
    };
    const before = notesOf(world).length;
    const inHtml = (body: string): string =>
      `<p>${body.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('\n', '<br>')}</p>`;
    expect(await made('press-1', inHtml)).toMatchObject({ state: 'done' });
    expect(notesOf(world)).toHaveLength(before);
    const late = (body: string): string => `${body}\nWants it on Monday.`;
    await expect(made('press-2', late)).rejects.toMatchObject({ code: 'invalid_input' });
    expect(notesOf(world)).toHaveLength(before + 1);
  });

  it('is refused in another name than the preview gave', async () => {
    const { world, commentCopy, add } = await shownPerson();
    const copy = await commentCopy();
    if (copy.kind !== 'copy-comment') throw new Error('Not a comment');
    expect(await add({ ...copy, userId: 'somebody' })).toMatchObject({ error: { code: 'plan_expired' } });
    expect(world.writes()).toEqual([]);
  });
});

describe('either way', () => {
  it.each(kinds)(
    'a %s is written once when the same press comes twice, or another one follows',
    async (kind) => {
      const shown = await shownPerson();
      const copy = await copyOf(kind, shown);
      const [first, second, third] = await Promise.all([
        shown.add(copy),
        shown.add(copy),
        shown.add(copy, 'press-2'),
      ]);
      expect(second).toEqual(first);
      // Whichever of the two presses comes to its turn first.
      const [done, refused] = first.state === 'done' ? [first, third] : [third, first];
      expect(done).toMatchObject({ state: 'done' });
      expect(refused).toMatchObject({ state: 'failed', error: { code: 'already_copied' } });
      expect(shown.world.writes()).toHaveLength(1);
    },
  );

  it.each(kinds)('a %s is done, and linked, when the answer is lost after it was stored', async (kind) => {
    const shown = await shownPerson();
    const met = shown.world.faults.add(writeOf(kind), { kind: 'cut', when: 'after' });
    expect(await shown.add(await copyOf(kind, shown))).toMatchObject({ state: 'done', error: null });
    expect(met.count()).toBe(1);
    const view = await shown.now();
    expect(itemsOf(view, kind === 'note' ? 'notes' : 'comments').some(({ copied }) => copied)).toBe(true);
  });

  it.each(kinds)('a %s is not stored, not sent again and not linked after a 502', async (kind) => {
    const shown = await shownPerson();
    shown.world.faults.add(writeOf(kind), { kind: 'status', status: 502 });
    const copy = await copyOf(kind, shown);
    expect(await shown.add(copy)).toMatchObject({
      state: 'not-stored',
      error: { code: 'vendor_unavailable' },
    });
    expect(await shown.add(copy)).toMatchObject({ state: 'not-stored' });
    const view = await shown.now();
    expect([...itemsOf(view, 'notes'), ...itemsOf(view, 'comments')].some(({ copied }) => copied)).toBe(
      false,
    );
  });

  it.each(kinds)('a %s is failed when the right is missing', async (kind) => {
    const shown = await shownPerson();
    shown.world.faults.add(writeOf(kind), { kind: 'status', status: 403 });
    expect(await shown.add(await copyOf(kind, shown))).toMatchObject({
      state: 'failed',
      error: { code: 'forbidden' },
    });
  });

  it.each(kinds)('a %s is refused when the page moves on while it is read', async (kind) => {
    const shown = await shownPerson();
    const { world, tabId } = shown;
    const copy = await copyOf(kind, shown);
    const path = kind === 'note' ? '/comments' : '/notes';
    const hold = world.faults.add({ method: 'GET', path }, { kind: 'hold', when: 'before' });
    const adding = shown.add(copy);
    await hold.arrived;
    await world.navigate(tabId, world.ticketUrl('exact'));
    hold.release();
    expect(await adding).toMatchObject({ state: 'failed', error: { code: 'subject_changed' } });
    expect(world.writes()).toEqual([]);
  });

  it.each(kinds)('a %s is refused when the address has come to name two people', async (kind) => {
    const shown = await shownPerson();
    const copy = await copyOf(kind, shown);
    const contact = shown.world.ghlContact('main');
    shown.world.sandbox.state.ghl.contacts.push({ ...structuredClone(contact), id: 'rivalRivalRivalRiv01' });
    expect(await shown.add(copy)).toMatchObject({ state: 'failed', error: { code: 'uncertain' } });
    expect(shown.world.writes()).toEqual([]);
  });

  it.each(
    kinds.flatMap((kind) => [
      [kind, 'after it was stored', 'after', 'done'] as const,
      [kind, 'before it arrived', 'before', 'not-stored'] as const,
    ]),
  )('a %s is settled by the next start when the worker ends %s', async (kind, _case, when, state) => {
    const shown = await shownPerson();
    const { world, tabId } = shown;
    const copy = await copyOf(kind, shown);
    const hold = world.faults.add(writeOf(kind), { kind: 'hold', when });
    void shown.add(copy);
    await hold.arrived;
    world.restart();
    await vi.waitFor(async () => {
      const { adding } = await world.send('getPanelState', { tabId });
      expect(adding?.last).toMatchObject({ id: 'press-1', result: { state } });
    }, PATIENT);
    expect(hold.count()).toBe(1);
    await world.send('refreshView', { tabId });
    const view = await shown.now();
    const items = [...itemsOf(view, 'notes'), ...itemsOf(view, 'comments')];
    expect(items.some(({ copied }) => copied)).toBe(state === 'done');
    expect(world.bugs).toEqual([]);
  });
});

describe('another browser', () => {
  it('that has copied the note already is believed: nothing is sent, and it is linked', async () => {
    const { world, noteCopy, add, now } = await shownPerson();
    const copy = await noteCopy();
    if (copy.kind !== 'copy-note') throw new Error('Not a note');
    ticketOf(world).comments.push({
      Date: new Date(world.clock.now()).toISOString().replace(/\.\d+Z/u, 'Z'),
      // There the right to read users was missing, or not.
      Comment: copy.body.replace('GHL note', 'GHL note · Sam'),
      EndUserID: null,
      TechnicianContactID: technician(world),
      IsInternal: true,
    });
    expect((await add(copy)).state).toBe('done');
    expect(world.writes()).toEqual([]);
    expect(itemsOf(await now(), 'notes').find(({ copied }) => copied)?.id).toBe(copy.sourceId);
  });

  it('that copies it at the same moment is told of', async () => {
    const { world, noteCopy, add } = await shownPerson();
    const hold = world.faults.add(ateraPost, { kind: 'hold', when: 'after' });
    const adding = add(await noteCopy());
    await hold.arrived;
    const ours = ticketOf(world).comments.at(-1);
    if (ours) ticketOf(world).comments.push(structuredClone(ours));
    hold.release();
    expect(await adding).toMatchObject({ state: 'done', doubles: 2 });
  });
});

describe('a marker in the words of an end user', () => {
  it('neither links nor keeps the note from being copied', async () => {
    const { world, tabId, noteCopy, add, now } = await shownPerson();
    const copy = await noteCopy();
    if (copy.kind !== 'copy-note') throw new Error('Not a note');
    const Date_ = new Date(world.clock.now()).toISOString().replace(/\.\d+Z/u, 'Z');
    ticketOf(world).comments.push(
      {
        Date: Date_,
        Comment: copy.body,
        EndUserID: scene.ateraContactId,
        TechnicianContactID: null,
        IsInternal: false,
      },
      // Not even where a technician answers with it in public.
      {
        Date: Date_,
        Comment: copy.body,
        EndUserID: null,
        TechnicianContactID: technician(world),
        IsInternal: false,
      },
    );
    await world.send('refreshView', { tabId });
    const before = await now();
    expect([...itemsOf(before, 'notes'), ...itemsOf(before, 'comments')].some(({ copied }) => copied)).toBe(
      false,
    );
    expect(itemsOf(before, 'comments').filter(({ claim }) => claim === 'foreign')).toHaveLength(2);
    expect(await add(copy)).toMatchObject({ state: 'done' });
    expect(world.writes()).toHaveLength(1);
    // Our own comment is one, and no warning stands at it.
    const after = itemsOf(await now(), 'comments');
    expect(after.filter(({ copied }) => copied)).toHaveLength(1);
    expect(after.filter(({ claim }) => claim)).toHaveLength(2);
  });

  it('in an internal comment that names another person’s note, or another text, is told and not counted', async () => {
    const { world, tabId, noteCopy, now } = await shownPerson();
    const copy = await noteCopy();
    if (copy.kind !== 'copy-note') throw new Error('Not a note');
    const own = (body: string) =>
      ticketOf(world).comments.push({
        Date: new Date(world.clock.now()).toISOString().replace(/\.\d+Z/u, 'Z'),
        Comment: body,
        EndUserID: null,
        TechnicianContactID: technician(world),
        IsInternal: true,
      });
    const other = { id: 'noteOfSomebodyElse01', contactId: 'somebodyElse', body: 'Theirs' };
    world.sandbox.state.ghl.notes.push({ ...other, dateAdded: new Date(world.clock.now()).toISOString() });
    own(copy.body.replace(copy.sourceId, other.id));
    own(copy.body.replace(/#[0-9a-f]{12}/u, '#000000000000'));
    await world.send('refreshView', { tabId });
    const view = await now();
    expect(itemsOf(view, 'comments').filter(({ claim }) => claim === 'unproven')).toHaveLength(2);
    const items = [...itemsOf(view, 'notes'), ...itemsOf(view, 'comments')];
    expect(items.filter(({ copied }) => copied)).toEqual([]);
  });

  it('is left out when those words are copied, so that it does not speak for us', async () => {
    const spoof = '[cp:atera/comment/4821~x#aaaaaaaaaaaa]';
    const { noteCopy } = await shownPerson((world) => {
      const note = world.sandbox.state.ghl.notes.at(-1);
      if (note) note.body = `He wrote: ${spoof} and left.`;
    });
    const copy = await noteCopy();
    if (copy.kind !== 'copy-note') throw new Error('Not a note');
    expect(copy.body).toContain('He wrote:');
    expect(copy.body).not.toContain(spoof);
  });
});
