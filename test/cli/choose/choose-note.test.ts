import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { answer, openPlace, run, skip } from '../../support/world.ts';
import type { Line, Place, Ran, Screen } from '../../support/world.ts';

let place: Place;
beforeEach(() => {
  place = openPlace();
  mkdirSync(place.folder, { recursive: true });
  write('aaaaaa', '2026-03-01', 'status: open\ntitle: They looked at the clock');
  write('bbbbbb', '2026-03-02', 'status: repaired\ntitle: The clock ticked');
  write('cccccc', '2026-03-03', 'status: planned\ntitle: They cancelled again');
  write('dddddd', '2026-03-04', 'status: set-aside\ntitle: A clock I keep apart');
});
afterEach(() => place.remove());

function write(id: string, session: string, front: string): void {
  writeFileSync(
    join(place.folder, `${session}-${id}.md`),
    `---\nrupture: 1\nid: ${id}\nsession: ${session}\n${front}\n---\n\n## What happened\n\nText of ${id}.\n`,
  );
}

const piped = (...args: readonly string[]): Promise<Ran> => run(args, { place, input: '' });
const typed = (args: readonly string[], ...script: readonly Line[]): Promise<Ran> =>
  run(args, { place, script });
const keysOf = ({ options }: Screen): readonly string[] => options.map(({ key }) => key);
const statusOf = (id: string): string | undefined => {
  const name = readdirSync(place.folder).find(one => one.endsWith(`${id}.md`));
  return name && /^status: (.*)$/m.exec(readFileSync(join(place.folder, name), 'utf8'))?.[1];
};

describe('words of a title', () => {
  it.each([
    [['show', 'ticked'], 'bbbbbb'],
    [['show', 'CANCELLED', 'they'], 'cccccc'],
    [['show', 'they cancelled'], 'cccccc'],
    [['show', 'The', 'clock', 'ticked.'], 'bbbbbb'],
  ])('%j shows one', async (args, id) => {
    const ran = await piped(...args);
    expect([ran.exit, ran.out.includes(`Text of ${id}`)]).toEqual([0, true]);
  });

  it('an id and the beginning of an id win over words', async () => {
    write('clockk', '2026-02-01', 'status: open\ntitle: Something else');
    expect((await piped('show', 'clock')).out).toContain('Text of clockk');
    expect((await piped('show', 'last')).exit).toBe(0);
  });

  it('lists several matches with their ids, and never guesses', async () => {
    for (const args of [
      ['show', 'clock'],
      ['edit', 'clock'],
      ['mark', 'clock', 'open'],
      ['reopen', 'clock'],
      ['delete', 'clock', '--yes'],
      ['prep', 'clock'],
      ['follow-up', 'clock'],
      ['let-go', 'clock'],
      ['reflect', '--more', 'clock'],
    ]) {
      const ran = await piped(...args);
      expect([args[0], ran.exit, ran.out]).toEqual([args[0], 2, '']);
      expect(ran.err.replace(/\s+/g, ' ')).toContain('They are: bbbbbb (2026-03-02), aaaaaa (2026-03-01).');
      expect(ran.err).not.toMatch(/dddddd|looked|ticked/);
    }
    expect(readdirSync(place.folder).filter(name => name.endsWith('.md'))).toHaveLength(4);
  });

  it('more than six matches are counted', async () => {
    for (let at = 10; at < 20; at++) write(`x${at}xxx`, `2026-01-${at}`, 'status: open\ntitle: Monday');
    expect((await piped('show', 'monday')).err).toMatch(/and\s+4\s+more/);
  });

  it('a note that is set aside is found by its id only', async () => {
    const ran = await piped('show', 'apart');
    expect([ran.exit, ran.err.includes('dddddd')]).toEqual([2, false]);
    expect((await piped('show', 'dddddd')).out).toContain('Text of dddddd');
    expect((await piped('prep', 'dddddd')).exit).toBe(2);
  });

  it('delete names what it deletes, and asks', async () => {
    const refused = await piped('delete', 'ticked');
    expect([refused.exit, refused.err.includes('bbbbbb'), statusOf('bbbbbb')]).toEqual([2, true, 'repaired']);
    const no = await typed(['delete', 'ticked'], ['sure', answer(false)]);
    expect([no.exit, no.err.includes('The clock ticked'), statusOf('bbbbbb')]).toEqual([0, true, 'repaired']);
    const yes = await typed(['delete', 'clock', 'ticked'], ['sure', answer(true)]);
    expect(yes.err.replace(/\s+/g, ' ')).toContain('“The clock ticked” (bbbbbb) is in the trash.');
    expect(statusOf('bbbbbb')).toBeUndefined();
  });

  it('delete accepts ids and words, each for one note', async () => {
    const ran = await piped('delete', 'ticked', 'aaa', '--yes');
    expect([ran.exit, statusOf('aaaaaa'), statusOf('bbbbbb'), statusOf('cccccc')]).toEqual([
      0,
      undefined,
      undefined,
      'planned',
    ]);
  });
});

describe('a list to choose from', () => {
  it.each(['show', 'edit', 'mark', 'delete'])(
    '%s without an id offers all in sight, the newest first',
    async command => {
      const { screens, exit } = await typed([command], ['moment', skip]);
      expect([exit, screens.map(keysOf)]).toEqual([0, [['cccccc', 'bbbbbb', 'aaaaaa']]]);
    },
  );

  it('reopen offers notes that are settled or rest', async () => {
    write('eeeeee', '2026-03-05', 'status: open\nrest_until: 2026-12-01\ntitle: Resting');
    const { screens } = await typed(['reopen'], ['moment', answer('bbbbbb')]);
    expect([screens.map(keysOf), statusOf('bbbbbb')]).toEqual([[['eeeeee', 'bbbbbb']], 'open']);
  });

  it('shows the chosen note', async () => {
    expect((await typed(['show'], ['moment', answer('aaaaaa')])).out).toContain('Text of aaaaaa');
  });

  it('offers the notes whose titles match', async () => {
    const { screens, out } = await typed(['show', 'clock'], ['moment', answer('aaaaaa')]);
    expect([screens.map(keysOf), out.includes('Text of aaaaaa')]).toEqual([[['bbbbbb', 'aaaaaa']], true]);
  });

  it('offers the notes whose ids match', async () => {
    write('aaaabb', '2026-03-06', 'status: open\ntitle: Another');
    expect((await typed(['show', 'aaaa'], ['moment', skip])).screens.map(keysOf)).toEqual([
      ['aaaaaa', 'aaaabb'],
    ]);
    const pipe = await piped('show', 'aaaa');
    expect([pipe.exit, pipe.err.includes('aaaabb')]).toEqual([2, true]);
  });

  it('mark asks for the status too, without offering "kept apart"', async () => {
    const { screens, err } = await typed(['mark'], ['moment', answer('aaaaaa')], ['status', answer('eased')]);
    expect([statusOf('aaaaaa'), screens.at(-1) && keysOf(screens.at(-1) as Screen)]).toEqual([
      'eased',
      ['planned', 'not-addressed', 'raised', 'eased', 'repaired', 'let-go'],
    ]);
    expect(err.replace(/\s+/g, ' ')).toContain(
      '“They looked at the clock” (aaaaaa): Kept for now → Easier, not finished.',
    );
  });

  it('mark accepts the words of a title without a status, and asks for the status', async () => {
    await typed(['mark', 'they', 'cancelled', 'again'], ['status', answer('let-go')]);
    expect(statusOf('cccccc')).toBe('let-go');
    expect((await piped('mark', 'they', 'cancelled', 'again')).exit).toBe(2);
    expect((await typed(['mark', 'cancelled', 'lte', 'go'])).err).toContain('Did you mean “Let go”?');
  });

  it('nothing is asked through a pipe', async () => {
    for (const command of ['show', 'edit', 'mark', 'reopen', 'delete']) {
      const ran = await piped(command);
      expect([command, ran.exit, ran.out]).toEqual([command, 2, '']);
    }
  });

  it('restores the chosen note from the trash', async () => {
    await piped('delete', 'aaaaaa', 'bbbbbb', 'dddddd', '--yes');
    const { screens, err } = await typed(
      ['trash', 'restore'],
      [
        'trashed',
        ({ options }) => answer(options.find(({ label }) => label.startsWith('The clock'))?.key ?? ''),
      ],
    );
    expect(screens[0]?.options.map(({ label }) => label.replace(/ \(.*/, '')).toSorted()).toEqual([
      'The clock ticked',
      'They looked at the clock',
      'dddddd',
    ]);
    expect(err).toContain('“The clock ticked” (bbbbbb) is back.');
    expect(statusOf('bbbbbb')).toBe('repaired');
    expect((await piped('trash', 'restore', 'looked')).exit).toBe(0);
    expect((await piped('trash', 'restore', 'apart')).exit).toBe(2);
    expect((await piped('trash', 'restore')).exit).toBe(2);
  });
});

describe('words of the screen', () => {
  it.each([
    [['cancelled', 'worked through'], 'repaired'],
    [['cancelled', 'Worked', 'Through'], 'repaired'],
    [['ccc', 'LET GO'], 'let-go'],
    [['they', 'cancelled', 'let', 'go'], 'let-go'],
    [['cccccc', 'said but not heard'], 'not-addressed'],
    [['cccccc', 'not-addressed'], 'not-addressed'],
  ])('mark %j', async (args, status) => {
    expect([(await piped('mark', ...args)).exit, statusOf('cccccc')]).toEqual([0, status]);
  });

  it('mark names the nearest status and lists them', async () => {
    const { exit, err } = await piped('mark', 'cancelled', 'wrked', 'through');
    expect([exit, err.replace(/\s+/g, ' ')]).toEqual([
      2,
      expect.stringContaining('“wrked through”. Did you mean “Worked through”? The statuses: planned,'),
    ]);
    expect((await piped('mark', 'cancelled', 'resting')).err).toContain('--until');
  });

  it('list and summary accept resting as a status', async () => {
    write('eeeeee', '2026-03-05', 'status: open\nrest_until: 2026-12-01\ntitle: Resting');
    write('ffffff', '2026-03-06', 'status: open\nrest_until: 2026-03-01\ntitle: Rested');
    write('gggggg', '2026-03-07', 'status: let-go\nrest_until: 2026-12-01\ntitle: Gone');
    for (const command of ['list', 'summary']) {
      const ids = async (status: string): Promise<readonly string[]> =>
        ((await piped(command, '--status', status)).out.match(/\((\w{6}), /g) ?? []).map(one =>
          one.slice(1, 7),
        );
      expect([command, await ids('Resting')]).toEqual([command, ['eeeeee']]);
      expect([command, (await ids('resting,to bring up')).toSorted()]).toEqual([
        command,
        ['cccccc', 'eeeeee'],
      ]);
    }
    expect((await piped('summary', '--status', 'resting')).err).not.toContain('--include-resting');
  });

  it.each([
    [['list', '--format', 'JSON'], 0],
    [['show', 'last', '--format', 'Plain'], 0],
    [['export', 'CSV'], 0],
    [['config', 'set', 'MODE', 'Full'], 0],
    [['config', 'set', 'therapist word', 'Anna'], 0],
    [['config', 'set', 'plain', 'Y'], 0],
    [['config', 'set', 'hide', 'Feelings, size'], 0],
    [['config', 'set', 'hide', 'how big does it feel right now'], 0],
    [['completion', 'Bash'], 0],
    [['learn', 'Mending'], 0],
    [['list', '--status', 'TO BRING UP'], 0],
  ])('accepts %j', async (args, exit) => {
    expect((await piped(...args)).exit).toBe(exit);
  });

  it.each([
    [['config', 'set', 'mode', 'ful']],
    [['export', 'cvs']],
    [['config', 'set', 'mod', 'full']],
    [['learn', 'mendin']],
    [['list', '--kind', 'jok']],
    [['list', '--feeling', 'hrt']],
    [['list', '--status', 'opn']],
    [['search', 'x', '--format', 'jsno']],
  ])('%j names the nearest and lists the choices', async args => {
    const ran = await piped(...args);
    expect([ran.exit, ran.err.replace(/\s+/g, ' ')]).toEqual([
      2,
      expect.stringMatching(/Did you mean “[a-z]+”\? (?:It can be|The [a-z]+): .*, /),
    ]);
  });
});

describe('sentences', () => {
  it('undo names a note by its title on a terminal, by its id alone in a pipe', async () => {
    await piped('mark', 'aaaaaa', 'eased');
    expect((await typed(['undo'])).err.replace(/\s+/g, ' ')).toContain(
      '“They looked at the clock” (aaaaaa) is as it was before.',
    );
    await piped('delete', 'aaaaaa', '--yes');
    const pipe = await piped('undo');
    expect([pipe.err.includes('aaaaaa is back'), pipe.err.includes('looked')]).toEqual([true, false]);
    const { out } = await piped('reflect', '-m', 'A new one today.');
    const id = /-(\w{6})\.md/.exec(out)?.[1] ?? '';
    expect((await typed(['undo'])).err.replace(/\s+/g, ' ')).toContain(
      `“A new one today” (${id}) is in the trash.`,
    );
  });

  it('leave out the title of a note that is set aside', async () => {
    await piped('mark', 'dddddd', 'set-aside', '--note', 'x');
    const all = await Promise.all([
      typed(['undo']),
      typed(['trash']),
      typed(['delete', '--all'], ['sure', answer(false)]),
    ]);
    for (const ran of all) expect([...ran.said, ran.err, ran.out].join('\n')).not.toContain('I keep apart');
  });
});
