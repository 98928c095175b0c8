import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, expect, test } from 'vitest';
import { loadYamlReader } from '../../../src/storage/notebook/filter-by-text.ts';
import { scanNotes } from '../../../src/storage/notebook/note-index.ts';
import { endOf, keys, openHand } from '../../e2e/support/hand.ts';
import { openHome } from '../../e2e/support/home.ts';
import type { Home } from '../../e2e/support/home.ts';
import { openPacked } from '../../support/packed.ts';
import { isWhole } from '../harness/fault.ts';
import { ids, note, words } from '../harness/person.ts';
import { openSealed } from '../harness/encrypted-files.ts';
import { courses, lostOf } from '../harness/stages.ts';
import type { Course } from '../harness/stages.ts';
import { inLanes, openChance, tell } from '../harness/tell.ts';

let rupture: string;
beforeAll(async () => {
  ({ rupture } = await openPacked());
});

function homeFor(course: Course): Home {
  const home = openHome(rupture);
  if (course.note !== undefined) {
    mkdirSync(home.folder, { mode: 0o700 });
    writeFileSync(join(home.folder, course.note), note(ids.planned, '2026-03-05', 'planned', words.planned), {
      mode: 0o600,
    });
  }
  return home;
}

/** Plays a run up to a stage, presses Enter and kills it; returns the home and how many answers the screen had accepted. */
async function killAt(
  course: Course,
  stage: number,
  afterMs: number,
): Promise<{ readonly home: Home; readonly taken: number }> {
  const home = homeFor(course);
  const pty = home.onTerminal(course.args);
  const hand = openHand(pty);
  const { stages } = course;
  await course.begin(hand);
  for (const { ready, next } of stages.slice(0, stage)) {
    await ready(hand);
    hand.press(keys.enter);
    await hand.sees(next);
  }
  await stages[stage]?.ready(hand);
  const before = pty.raw().length;
  hand.press(keys.enter);
  const end = performance.now() + afterMs + (stages[stage]?.later ?? 0);
  while (performance.now() < end) await new Promise(resolve => setImmediate(resolve));
  // The run may already have ended by itself.
  pty.kill('SIGKILL');
  await endOf(pty);
  const isTaken = pty
    .raw()
    .slice(before)
    .includes(stages[stage]?.next ?? '');
  return { home, taken: stage + (isTaken ? 1 : 0) };
}

const plans: readonly (readonly [keyof typeof courses, number])[] = isWhole
  ? [
      ['reflect', 600],
      ['prep', 150],
      ['follow-up', 150],
      ['let-go', 100],
    ]
  : [
      ['reflect', 60],
      ['prep', 15],
      ['follow-up', 15],
      ['let-go', 10],
    ];

test.each(plans)(
  '%s, killed %i times just after an Enter: what the screen has taken is on disk',
  async (name, count) => {
    const course: Course = courses[name];
    const random = openChance(20_261_122);
    // On a busy machine it takes longer to save an answer: every second kill comes
    // later. On a fast machine it is saved before anybody looks: every fourth kill comes immediately.
    const rounds = Array.from({ length: count }, (_, round) => ({
      round,
      stage: Math.floor(random() * course.stages.length),
      afterMs: round % 4 === 0 ? 0 : random() * (round % 2 === 0 ? 15 : 90),
    }));
    let late = 0;
    const failures: unknown[] = [];
    await inLanes(3, rounds, async ({ round, stage, afterMs }) => {
      const { home, taken } = await killAt(course, stage, afterMs);
      const lost = lostOf(home, course, taken);
      const { unreadable } = await scanNotes(home.folder, {
        loadYamlReader,
        openSealed: path => Promise.resolve(openSealed(path)),
      });
      if (lost.length > 0 || unreadable.length > 0)
        failures.push({ round, stage, afterMs, lost, unreadable });
      if (taken > stage) late += 1;
      rmSync(home.root, { recursive: true, force: true });
    });
    tell(`kills: ${name}`, {
      kills: count,
      'after the next question showed': late,
      failures: failures.length,
    });
    expect(failures).toEqual([]);
    // Kills that all come before the next question, or all after it, would test nothing.
    expect(late).toBeGreaterThan(0);
    expect(late).toBeLessThan(count);
  },
);

test('detects a folder that lost its draft (control)', async () => {
  const { home, taken } = await killAt(courses.reflect, 3, 0);
  expect(taken).toBeGreaterThanOrEqual(3);
  expect(lostOf(home, courses.reflect, taken)).toEqual([]);
  rmSync(join(home.folder, '.rupture', 'drafts'), { recursive: true });
  const lost = lostOf(home, courses.reflect, 3);
  tell('kills: a draft that is removed (control)', { kills: 1, 'answers found lost': lost.length });
  expect(lost).toEqual(['sit', 'what', 'kinds']);
});
