import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { answer, openPlace, run, seededChance, skip } from '../../support/world.ts';
import type { Place, Ran, Reply, Screen } from '../../support/world.ts';

// Checks the first screen after a run that ended at the help page.
let place: Place;
beforeEach(() => {
  place = openPlace();
  mkdirSync(place.folder, { recursive: true });
  // Skip the introduction of a first run.
  writeFileSync(
    join(place.folder, '2026-01-01-zzzzzz.md'),
    '---\nrupture: 1\nid: zzzzzz\nsession: 2026-01-01\nsit: fine\n---\n\n# A moment on 1 January\n',
  );
});
afterEach(() => place.remove());

type Given = Readonly<Record<string, Parameters<typeof answer>[0]>>;

function make(id: string): void {
  const head = ['rupture: 1', `id: ${id}`, 'session: 2026-03-05', 'status: planned', `title: Moment ${id}`];
  const text = ['---', ...head, 'feelings: [hopeless]', 'size: 9', '---', '', `# Moment ${id}`, ''].join(
    '\n',
  );
  writeFileSync(join(place.folder, `2026-03-05-${id}.md`), text);
}

let runs = 0;
/** Runs a command, answers questions by id, and skips every other question. */
function go(args: readonly string[], given: Given): Promise<Ran> {
  runs += 1;
  const replyTo = ({ id }: Screen): Reply => {
    const response = id === 'preview' ? 'keep' : given[id];
    return response === undefined ? skip : answer(response);
  };
  return run(args, { place, replyTo, chance: seededChance(runs) });
}

const home = async (): Promise<string> =>
  (await run([], { place, input: '', outIsTerminal: true, env: { NO_COLOR: '1' } })).out;
const draftFiles = (): readonly string[] => {
  const folder = join(place.folder, '.rupture', 'drafts');
  return readdirSync(folder)
    .filter(name => name.endsWith('.json'))
    .map(name => join(folder, name));
};

const hopeless = { sit: 'bothered', feelings: ['hopeless'], safe_now: 'not-sure' };

describe('after the help page', () => {
  it.each([
    ['let-go', ['let-go', 'aaaaaa'], { ready: true, safe_now: 'not-sure', size: 9 }],
    ['follow-up', ['follow-up', 'aaaaaa'], { came_up: 'i-said-it', size: 9, safe_now: 'no' }],
    ['prep', ['prep', 'aaaaaa'], { size: 9, safe_now: 'not-sure' }],
    ['reflect', ['reflect'], hopeless],
    ['reflect', ['reflect'], { sit: 'bothered', feelings: ['unsafe'], safe: 'no', unsafe_how: 'in-myself' }],
  ] as const)('people come first, and %s is named below', async (command, args, given) => {
    // The program would first ask about a planned moment.
    if (command !== 'reflect') make('aaaaaa');
    await go(args, given);
    expect(draftFiles()).toHaveLength(1);
    const screen = await home();
    expect(screen.replace(/\n {2}(?=goes|on|with|it)/g, ' ')).toContain(
      `  Next: rupture help-now\n  Your unfinished note is kept. \`rupture ${command}\` goes on with it.\n\n    rupture help-now`,
    );
    expect(screen).not.toContain('You have an unfinished note');
  });

  it('the draft has the mark, and never the answer', async () => {
    await go(['reflect'], hopeless);
    const text = readFileSync(draftFiles()[0] ?? '', 'utf8');
    expect(text).toContain('"endedInHelp":true');
    expect(text).not.toMatch(/not-sure|safe_now/);
  });

  it('removes the mark once the person has gone on with the draft', async () => {
    await go(['reflect'], hopeless);
    const id = /([^/\\]+)\.json$/.exec(draftFiles()[0] ?? '')?.[1] ?? '';
    await run(['reflect'], {
      place,
      chance: seededChance(90),
      replyTo: ({ id: asked }) => {
        if (asked === 'draft') return answer(id);
        if (asked === 'safe_now') return answer('yes');
        if (asked === 'preview') throw new Error('ends here');
        return skip;
      },
    }).catch(() => undefined);
    expect(draftFiles()).toHaveLength(1);
    expect(readFileSync(draftFiles()[0] ?? '', 'utf8')).not.toContain('endedInHelp');
  });

  it('treats a draft without the mark, or with an unknown mark, like any other', async () => {
    await go(['reflect'], hopeless);
    const [path = ''] = draftFiles();
    const text = readFileSync(path, 'utf8');
    for (const mark of ['', '"endedInHelp":"yes",']) {
      writeFileSync(path, text.replace('"draft":1,', `"draft":1,${mark}`).replace(/,"endedInHelp":true/, ''));
      expect(await home()).toMatch(/You have an unfinished note\.\n {2}Next: rupture reflect\n/);
    }
  });
});
