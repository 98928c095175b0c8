import { describe, expect, it } from 'vitest';
import type { MomentFilter } from '../../../src/core/search/list-notes.ts';
import { listMoments } from '../../../src/core/search/list-notes.ts';
import { uuidOf } from '../../../src/core/notes/uuid.ts';
import { dayOf, instantOf, momentOf } from '../support.ts';

const moments = [
  momentOf('a', '2026-03-01', { with: 'Dr M', kinds: ['joke', 'other: the fan'], feelings: ['small'] }),
  momentOf('b', '2026-03-10', { status: 'repaired', feelings: ['angry', 'small'] }),
  momentOf('c', '2026-03-05', { status: undefined }),
  momentOf('d', '2026-03-20', { status: 'set-aside', kinds: ['line'] }),
];
const ids = (filter?: MomentFilter): string =>
  listMoments(moments, filter)
    .map(({ head }) => head.id)
    .join('');

describe('the list', () => {
  it('has all notes, newest first, except those kept apart', () => {
    expect([ids(), ids({ includeSetAside: true })]).toEqual(['bca', 'dbca']);
  });

  it('is narrowed by each flag, and by all of them together', () => {
    expect(ids({ since: dayOf('2026-03-05') })).toBe('bc');
    expect(ids({ until: dayOf('2026-03-05') })).toBe('ca');
    expect(ids({ with: 'dr m' })).toBe('a');
    expect(ids({ statuses: ['repaired', 'open'] })).toBe('ba');
    expect(ids({ kinds: ['misread', 'other'] })).toBe('a');
    expect(ids({ feelings: ['small'] })).toBe('ba');
    expect(ids({ feelings: ['small'], until: dayOf('2026-03-09') })).toBe('a');
    expect(ids({ kinds: ['line'] })).toBe('');
  });

  it('has the most recently written note of a day first, whatever the time zones', () => {
    const day = [
      momentOf('x', '2026-03-01', { created: instantOf('2026-03-01T23:00:00+09:00') }),
      momentOf('y', '2026-03-01', { created: instantOf('2026-03-01T20:00:00-05:00') }),
      momentOf('z', '2026-03-01'),
    ];
    expect(listMoments(day).map(({ head }) => head.id)).toEqual(['y', 'x', 'z']);
  });
});

describe('a uuid', () => {
  it('is always the same for an id, differs between ids, and has version 8', () => {
    expect(uuidOf('k3f9qa')).toBe(uuidOf('k3f9qa'));
    const all = new Set<string>();
    const letters = 'abcdefghjkmnpqrstuvwxyz23456789';
    for (const one of letters)
      for (const two of letters) for (const three of letters) all.add(uuidOf(`k3${one}${two}${three}a`));
    expect(all.size).toBe(letters.length ** 3);
    for (const uuid of all)
      expect(uuid).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-8[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
  });
});
