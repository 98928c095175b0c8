import { describe, expect, it } from 'vitest';
import { mapOf, readYaml, servedRows, textsOf } from './templates.ts';

const rows = Object.entries(readYaml('guidance-rows.yaml', new URL('../fixtures/', import.meta.url))).map(
  ([id, row]) => ({ id, row: mapOf(row) }),
);
const served = [...new Set(servedRows().map(([row, place]) => `${row} at ${place}`))];

describe('the rows of the guidance', () => {
  it('are complete, G1 to G171, in order', () => {
    expect(rows.map(({ id }) => id)).toEqual(Array.from({ length: 171 }, (_, index) => `G${index + 1}`));
  });

  it('each reach a template, or name what they wait for, or have a reason', () => {
    const lost = rows.filter(
      ({ row }) => textsOf(row['at']).length === 0 && !hasText(row['pending']) && !hasText(row['reason']),
    );
    expect(lost.map(({ id }) => id)).toEqual([]);
  });

  it('say in a few words of our own what becomes of them wherever they have a place', () => {
    const silent = rows.filter(
      ({ row }) =>
        textsOf(row['at']).length > 0 &&
        !(hasText(row['about']) && String(row['about']).split(' ').length <= 12),
    );
    expect(silent.map(({ id }) => id)).toEqual([]);
  });

  it('that have a reason for no screen are on none', () => {
    expect(
      rows.filter(({ row }) => hasText(row['reason'])).map(({ id, row }) => [id, Object.keys(row)]),
    ).toEqual(['G67', 'G152', 'G169', 'G171'].map(id => [id, ['reason']]));
  });

  it('are served by a template at each place that is said to serve them', () => {
    const claimed = rows.flatMap(({ id, row }) => textsOf(row['at']).map(place => `${id} at ${place}`));
    expect(claimed.filter(claim => !served.includes(claim))).toEqual([]);
  });

  it('are known to the list at each place where a template names them', () => {
    const claimed = rows.flatMap(({ id, row }) => textsOf(row['at']).map(place => `${id} at ${place}`));
    expect(served.filter(one => !claimed.includes(one))).toEqual([]);
  });
});

function hasText(value: unknown): boolean {
  return typeof value === 'string' && value.trim().length > 3;
}
