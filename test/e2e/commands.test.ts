import { beforeAll, expect, test, vi } from 'vitest';
import { openPacked } from '../support/packed.ts';
import { openHome } from './support/home.ts';
import { life, openUnlived } from './support/life.ts';

// CI runs this file on every supported Node: it is short and covers every command.
vi.setConfig({ testTimeout: 120_000, hookTimeout: 180_000 });

let rupture: string;
beforeAll(async () => {
  ({ rupture } = await openPacked());
});

test(`every command works on Node ${process.versions.node}`, () => {
  const home = openUnlived(rupture);
  for (const { line, input, code = 0, says } of life) {
    const ran = home.run(line.split(' ').filter(Boolean), { input, env: { EDITOR: 'true --wait' } });
    expect({
      line,
      code: ran.code,
      says: says.test(ran.out + ran.err) ? 'what it should' : `${ran.out}${ran.err}`,
    }).toEqual({ line, code, says: 'what it should' });
    expect(ran.err).not.toMatch(/\n\s+at |Error|undefined|\[object/);
  }
});

test('the list above has every command', () => {
  const { out } = openHome(rupture).run(['--help']);
  const listed = [...out.slice(out.indexOf('Commands:')).matchAll(/^ {2}([a-z-]+)/gm)].map(
    ([, name]) => name ?? '',
  );
  expect(listed.length).toBeGreaterThan(20);
  expect(listed.filter(name => !life.some(({ line }) => line.split(' ')[0] === name))).toEqual([]);
});
