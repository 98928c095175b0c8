import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { answer, openPlace, run, skip } from '../support/world.ts';
import type { Place, Ran, Reply } from '../support/world.ts';

// Checks the rules of care where a person sees them: on the screens of real runs.
let place: Place;
beforeEach(() => {
  place = openPlace();
  mkdirSync(place.folder, { recursive: true });
});
afterEach(() => place.remove());

type Given = Readonly<Record<string, Parameters<typeof answer>[0]>>;

/** Answers questions by id and skips the rest. */
const replies =
  (given: Given) =>
  ({ id }: { readonly id: string }): Reply => {
    if (id === 'preview') return answer('keep');
    const response = given[id];
    return response === undefined ? skip : answer(response);
  };

const told = async (args: readonly string[], input = ''): Promise<string> => {
  const { out, err } = await run(args, { place, input });
  return `${out}${err}`.replace(/\s+/g, ' ');
};

function keep(kinds: string, more = ''): void {
  const lines = [
    '---',
    'rupture: 1',
    'id: aaaaaa',
    'session: 2026-03-05',
    'status: planned',
    'title: A moment',
    `kinds: [${kinds}]`,
    `${more}---`,
    '',
    '# A moment',
    '',
  ];
  writeFileSync(join(place.folder, '2026-03-05-aaaaaa.md'), lines.join('\n'));
}

describe('the full reflection', () => {
  const reflect = async (given: Given): Promise<Ran> => {
    keep('misread');
    return run(['reflect', '--full', '--date', '2026-03-04'], {
      place,
      replyTo: replies({ sit: 'bothered', ok: true, ...given }),
    });
  };
  const idsOf = async (given: Given): Promise<readonly string[]> => {
    const { screens } = await reflect(given);
    return screens.map(({ id }) => id);
  };

  it("does not present the wish to leave as the person's part in it (RQ26)", async () => {
    const recalled = async (urges: readonly string[]): Promise<string | undefined> =>
      (await reflect({ size: 6, urges, safe: 'yes' })).screens.find(({ id }) => id === 'mine')?.recall;
    expect(await recalled(['stop', 'quiet', 'switch'])).toBe('From before: Going quiet');
    expect(await recalled(['stop', 'switch', 'skip'])).toBeUndefined();
    expect(await recalled(['push-back', 'please'])).toBe(
      'From before: Pushing back · Smiling and going along',
    );
  });

  it('does not ask somebody who is ashamed what it says about them, at any size', async () => {
    for (const feelings of [['ashamed'], ['sad', 'unlovable']]) {
      for (const size of [5, 7, 8]) expect(await idsOf({ feelings, size })).not.toContain('about_me');
    }
    expect(await idsOf({ feelings: ['sad'], size: 5 })).toContain('about_me');
  });

  it('does not mention things building up under the question about what was held back', async () => {
    const { screens } = await run(['reflect'], {
      place,
      replyTo: replies({ ok: true, sit: 'fine', held_back: 'yes' }),
    });
    const what = screens.find(({ id }) => id === 'what');
    expect([what?.words, what?.hint]).toEqual([
      'What did you hold back? One line is enough.',
      'A few words are enough. Any language.',
    ]);
  });

  it('announces at most "of about 8" on the quick path, even after it was talked about (RQ10)', async () => {
    const { screens } = await run(['reflect'], {
      place,
      replyTo: replies({
        ok: true,
        sit: 'bothered',
        next: 'raised',
        response: ['listened'],
        status: 'let-go',
      }),
    });
    const counted = screens.flatMap(({ progress }) => progress ?? []);
    const about = counted.map(progress => Number(/\d+$/.exec(progress)?.[0]));
    expect(about.length).toBe(8);
    expect(Math.max(...about)).toBe(8);
  });
});

describe('following up', () => {
  const ownedBy = async (kinds: string, more = '', size = 5): Promise<readonly string[]> => {
    keep(kinds, more);
    const { screens } = await run(['follow-up', 'aaaaaa'], {
      place,
      replyTo: replies({
        came_up: 'i-said-it',
        response: ['listened'],
        size,
        status: 'eased',
        more: 'more',
        safe: 'yes',
        safe_now: 'yes',
        safe_now_then: 'go-on',
      }),
    });
    return screens.find(({ id }) => id === 'owned_by')?.options.map(({ label }) => label) ?? [];
  };

  it('offers no part to own if the question about it was not asked (RQ26)', async () => {
    const spared = ['They did', 'No one', 'Nobody needed to'];
    expect(await ownedBy('blunt, identity')).toEqual(spared);
    expect(await ownedBy('judged', 'feelings: [unsafe]\n')).toEqual(spared);
    expect(await ownedBy('judged', 'feelings: [ashamed]\n', 7)).toEqual(spared);
    expect(await ownedBy('judged')).toEqual([
      'Both of us',
      'They did',
      'I did',
      'No one',
      'Nobody needed to',
    ]);
  });

  it('suggests no second try after "Said, but not heard" (RQ25)', async () => {
    keep('judged');
    const { screens, said } = await run(['follow-up', 'aaaaaa'], {
      place,
      replyTo: replies({ came_up: 'i-said-it', response: ['denied'], status: 'not-addressed', safe: 'yes' }),
    });
    expect([...screens.map(({ words }) => words), ...said].join('\n')).not.toMatch(/second try/i);
    expect(screens.map(({ id }) => id)).toContain('second_step');
  });
});

describe('the first run', () => {
  it('says what the program is for, and what else exists, in five lines (RQ36, RQ40, RQ41)', async () => {
    const { said } = await run(['reflect'], {
      place: { ...place, folder: join(place.home, 'new') },
      env: { RUPTURE_FOLDER: join(place.home, 'new') },
      replyTo: replies({ ok: false }),
    });
    const lines = said[0]?.split('\n') ?? [];
    expect(lines).toHaveLength(5);
    expect(lines[3]).toBe(
      'Notes can sometimes be asked for in a court case, or seen by people who share your device. ' +
        'Use initials or a nickname for others if you like.',
    );
  });
});

describe('the learn pages', () => {
  it('say what differs for somebody under 18 (RQ44)', async () => {
    const page = await told(['learn', 'crossed-lines']);
    expect(page).toContain(
      'Under 18? If a parent arranged therapy, your privacy and your right to end it can be different. ' +
        'So can using a tool like this.',
    );
    expect(page).toMatch(/parent or another adult you trust, a school counsellor or a youth helpline/);
  });

  it('name the settings that leave fewer choices (RQ45)', async () => {
    expect(await told(['learn', 'options'])).toContain(
      'In couples, group, court-ordered or hospital therapy, some of these may not be open to you.',
    );
  });

  it('say what a study was about, and claim no more than it found', async () => {
    const page = await told(['learn', 'saying-it']);
    expect(page).toContain('telling their therapist hard things about themselves');
    expect(page).toContain("The study wasn't about telling a therapist that they hurt you.");
    expect(await told(['learn', 'who-you-are'])).toMatch(/rated the bond lower\. That is a link/);
    expect(await told(['learn', 'common'])).not.toMatch(/watched/);
  });
});
