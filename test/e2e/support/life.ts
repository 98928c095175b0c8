import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { openHome } from './home.ts';
import type { Home } from './home.ts';

/** A command and its expected result. */
export interface Step {
  readonly line: string;
  readonly input?: string;
  /** The exit code; 0 by default. */
  readonly code?: number;
  /** Must match standard output or standard error. */
  readonly says: RegExp;
}

/** A notebook's life: each command at least once, on what the earlier commands left. */
export const life: readonly Step[] = [
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
  { line: 'redo', says: /Redid what delete did/ },
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

/** Returns a home for that life: no notes yet, and the answers file is ready. */
export function openUnlived(rupture: string): Home {
  const home = openHome(rupture);
  writeFileSync(join(home.root, 'a.yaml'), 'sit: bothered\nwhat: They looked at the clock.\n');
  writeFileSync(
    join(home.root, 'f.yaml'),
    'came_up: i-said-it\nresponse: [listened]\nsize: 3\nstatus: eased\n',
  );
  writeFileSync(join(home.root, 'l.yaml'), 'ready: yes\nlet_go_reason: learned\nsize: 2\n');
  return home;
}
