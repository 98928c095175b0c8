import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, expect, test, vi } from 'vitest';
import { openPacked } from '../support/packed.ts';
import { openHome } from './home.ts';

// Run on every Node that is supported: it is short, and no command is left out.
vi.setConfig({ testTimeout: 120_000, hookTimeout: 180_000 });

let rupture: string;
beforeAll(async () => {
  ({ rupture } = await openPacked());
});

interface Step {
  readonly line: string;
  readonly input?: string;
  /** 0 unless said otherwise. */
  readonly code?: number;
  /** Something of standard output, or of what is said beside it. */
  readonly says: RegExp;
}

/** A life of a notebook in one go: each command at least once, on what those before it have left. */
const life: readonly Step[] = [
  { line: '--version', says: /^\d+\.\d+\.\d+\n/ },
  { line: '--help', says: /Commands:/ },
  { line: '', says: /rupture reflect/ },
  { line: 'where', says: /data\/rupture/ },
  { line: 'config set mode full', says: /mode/ },
  { line: 'config', says: /full/ },
  { line: 'config unset mode', says: /mode/ },
  { line: 'reflect', input: '3\nThey moved on before I was done.\n', says: /\.md\n/ },
  { line: 'reflect -m again', says: /\.md\n/ },
  { line: 'reflect --answers a.yaml', says: /\.md\n/ },
  { line: 'list', says: /again/ },
  { line: 'search clock', says: /clock/ },
  { line: 'show last', says: /# / },
  { line: 'summary', says: /## / },
  { line: 'summary --format json', says: /"age_days": 0/ },
  { line: 'prep last', input: '5\nTo be heard\n\n', says: /How big is it today\?/ },
  { line: 'follow-up last --answers f.yaml', says: /You did something hard/ },
  { line: 'let-go last --answers l.yaml', says: /\.md\n/ },
  { line: 'reopen last', says: /Let go → Kept for now/ },
  { line: 'mark last planned', says: /Kept for now → To bring up/ },
  { line: 'edit last', says: /nothing changed/ },
  { line: 'patterns', says: /counted/ },
  { line: 'delete last --yes', says: /trash/ },
  { line: 'trash', says: /\d{4}-\d{2}-\d{2}/ },
  { line: 'undo', says: /Took back what delete did/ },
  { line: 'export json --to all.json', says: /3 notes written/ },
  { line: 'import all.json --dry-run', says: /3 were here already/ },
  { line: 'templates', says: /reflect/ },
  { line: 'learn', says: /hard-work/ },
  { line: 'help-now', says: /emergency/i },
  { line: 'completion bash', says: /complete/ },
  { line: 'demo patterns', says: /Made-up notes/ },
  { line: 'encrypt status', says: /are not sealed/ },
  { line: 'doctor', says: /All is well/ },
];

test(`every command does its work on Node ${process.versions.node}`, () => {
  const home = openHome(rupture);
  writeFileSync(join(home.root, 'a.yaml'), 'sit: bothered\nwhat: They looked at the clock.\n');
  writeFileSync(join(home.root, 'f.yaml'), 'came_up: i-said-it\nresponse: [listened]\nsize: 3\nstatus: eased\n');
  writeFileSync(join(home.root, 'l.yaml'), 'ready: yes\nlet_go_reason: learned\nsize: 2\n');
  for (const { line, input, code = 0, says } of life) {
    const ran = home.run(line.split(' ').filter(Boolean), { input, env: { EDITOR: 'true' } });
    expect({ line, code: ran.code, says: says.test(ran.out + ran.err) ? 'what it should' : `${ran.out}${ran.err}` }).toEqual({ line, code, says: 'what it should' });
    expect(ran.err).not.toMatch(/\n\s+at |Error|undefined|\[object/);
  }
});

test('no command is left out', () => {
  const { out } = openHome(rupture).run(['--help']);
  const listed = [...out.slice(out.indexOf('Commands:')).matchAll(/^ {2}([a-z-]+)/gm)].map(([, name]) => name ?? '');
  expect(listed.length).toBeGreaterThan(20);
  expect(listed.filter((name) => !life.some(({ line }) => line.split(' ')[0] === name))).toEqual([]);
});
