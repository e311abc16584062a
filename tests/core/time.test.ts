import fc from 'fast-check';
import { describe, expect, it, vi } from 'vitest';
import { zonedTime } from '../../lib/core/time.ts';
import { cases } from './cases.ts';

// A busy machine may take its time.
vi.setConfig({ testTimeout: 60_000 });

const utc = (iso: string): number => Date.parse(iso);

describe('zonedTime', () => {
  it.each([
    ['2026-11-26 14:00:00', 'UTC', '2026-11-26T14:00:00Z'],
    ['2026-11-26T14:00', 'UTC', '2026-11-26T14:00:00Z'],
    [' 2026-11-26 14:00:30 ', 'America/Los_Angeles', '2026-11-26T22:00:30Z'],
    ['2026-07-01 14:00:00', 'America/Los_Angeles', '2026-07-01T21:00:00Z'],
    ['2026-11-26 00:00:00', 'Asia/Kolkata', '2026-11-25T18:30:00Z'],
    ['2026-11-26 23:59:59', 'Pacific/Kiritimati', '2026-11-26T09:59:59Z'],
    ['2026-12-31 23:30:00', 'Pacific/Pago_Pago', '2027-01-01T10:30:00Z'],
    ['2028-02-29 12:00:00', 'Europe/Berlin', '2028-02-29T11:00:00Z'],
    ['1969-12-31 23:00:00', 'UTC', '1969-12-31T23:00:00Z'],
  ])('%s in %s is %s', (wallClock, timeZone, iso) => {
    expect(zonedTime(wallClock, timeZone)).toBe(utc(iso));
  });

  it.each([
    ['the last hour before the clock goes forward', '2026-03-08 01:59:59', '2026-03-08T09:59:59Z'],
    ['an hour that is skipped: the instant just after', '2026-03-08 02:30:00', '2026-03-08T10:30:00Z'],
    ['the first hour after it', '2026-03-08 03:00:00', '2026-03-08T10:00:00Z'],
    ['an hour that comes twice: the earlier one', '2026-11-01 01:30:00', '2026-11-01T08:30:00Z'],
    ['the hour after it', '2026-11-01 02:00:00', '2026-11-01T10:00:00Z'],
    ['the hour before it', '2026-11-01 00:59:59', '2026-11-01T07:59:59Z'],
  ])('knows %s', (_, wallClock, iso) => {
    expect(zonedTime(wallClock, 'America/Los_Angeles')).toBe(utc(iso));
  });

  it('knows clocks that move by half an hour, and days that were left out', () => {
    expect(zonedTime('2026-04-05 01:45:00', 'Australia/Lord_Howe')).toBe(utc('2026-04-04T14:45:00Z'));
    expect(zonedTime('2026-10-04 02:15:00', 'Australia/Lord_Howe')).toBe(utc('2026-10-03T15:45:00Z'));
    expect(zonedTime('2011-12-30 12:00:00', 'Pacific/Apia')).toBe(utc('2011-12-30T22:00:00Z'));
  });

  it.each([
    ['', 'UTC'],
    ['tomorrow', 'UTC'],
    ['2026-11-26', 'UTC'],
    ['2026-11-26 14', 'UTC'],
    ['2026-11-26T14:00:00Z', 'UTC'],
    ['2026-11-26 14:00:00.000', 'UTC'],
    ['2026-02-30 10:00:00', 'UTC'],
    ['2027-02-29 10:00:00', 'UTC'],
    ['2026-13-01 10:00:00', 'UTC'],
    ['2026-00-10 10:00:00', 'UTC'],
    ['2026-11-00 10:00:00', 'UTC'],
    ['2026-11-26 24:00:00', 'UTC'],
    ['2026-11-26 14:60:00', 'UTC'],
    ['2026-11-26 14:00:60', 'UTC'],
    ['2026-11-26 14:00:00', 'Mars/Olympus_Mons'],
    ['2026-11-26 14:00:00', ''],
    ['2026-11-26 14:00:00', 'Pacific Standard Time'],
  ])('cannot read %j in %j', (wallClock, timeZone) => {
    expect(zonedTime(wallClock, timeZone)).toBeNull();
  });

  it('gives the instant whose wall clock was asked for', () => {
    const zones = [
      'America/Los_Angeles',
      'Europe/Berlin',
      'Asia/Kathmandu',
      'Australia/Lord_Howe',
      'Africa/Cairo',
    ];
    const formats = new Map(
      zones.map((timeZone) => [
        timeZone,
        new Intl.DateTimeFormat('sv-SE', { timeZone, dateStyle: 'short', timeStyle: 'medium' }),
      ]),
    );
    fc.assert(
      fc.property(
        fc.integer({ min: utc('2000-01-01T00:00:00Z') / 1000, max: utc('2040-01-01T00:00:00Z') / 1000 }),
        fc.constantFrom(...zones),
        (seconds, timeZone) => {
          const wallClock = formats.get(timeZone)?.format(seconds * 1000) ?? '';
          const found = zonedTime(wallClock, timeZone) ?? Number.NaN;
          expect(formats.get(timeZone)?.format(found)).toBe(wallClock);
          expect(found).toBeLessThanOrEqual(seconds * 1000);
        },
      ),
      cases(1000),
    );
  });
});
