import { isFinish } from './any-keys.ts';
import type { ScreenSize, View } from './frame.ts';
import type { Key, Pose, Step } from './pose.ts';
import { keyLines, margin, measureOf } from './question-lines.ts';
import type { Voice } from './question-lines.ts';
import { safeStyled } from './safe.ts';
import { wrapHanging } from './wrap.ts';

// Who typed `help` in a question may press Enter once more, or go on typing ("help me"): neither a key that
// writes nor Enter takes that page away. A page between two questions is left with Enter too.
const away = ['escape', 'tab'];
const awayBetween = [...away, 'return', 'enter'];

/**
 * Poses a page that stands there from its beginning, in a window where it is longer than the screen, until the person goes on. Where it stands in the place of a
 * question, they go back to that: what is half typed stays in the draft, and Ctrl-D is the question's.
 */
export function posePage(text: string, voice: Voice, question?: Pose): Pose {
  const { words, style } = voice;
  const leaving = question ? away : awayBetween;
  const leave = words(question ? 'terminal.keys_back' : 'terminal.keys_on');

  const layOut = (top: number, { columns, rows }: ScreenSize) => {
    const all = wrapHanging(safeStyled(text), measureOf(columns), margin);
    const bare = keyLines([leave], voice, columns);
    // A blank line around the page, the last row free.
    if (all.length + 2 + bare.length < rows) return { all, foot: bare, room: all.length, from: 0 };
    const foot = keyLines([words('terminal.keys_page'), leave], voice, columns);
    const room = Math.max(1, rows - 3 - foot.length);
    return { all, foot, room, from: Math.max(0, Math.min(top, all.length - room)) };
  };

  const view = (top: number, size: ScreenSize): View => {
    const { all, foot, room, from } = layOut(top, size);
    const edge = (key: string, n: number): string => (n === 0 ? '' : style.faint(`${margin}${words(key, { n })}`));
    const lines = [edge('terminal.lines_above', from), ...all.slice(from, from + room), edge('terminal.lines_below', Math.max(0, all.length - from - room)), ...foot];
    return { lines, cursor: { row: lines.length - 1, col: margin.length } };
  };

  const press = (top: number, key: Key, size: ScreenSize): Step => {
    if (isFinish(key) && question) {
      const step = question.press(key, size);
      return step.is === 'pose' ? { is: 'left', pose: step.pose } : step;
    }
    // Escape and a key right behind it come as that key with Alt.
    const isLeft = isFinish(key) || (key.is === 'key' && (leaving.includes(key.name) || key.alt));
    if (isLeft) return { is: 'left', pose: question ?? pose(top) };
    const { room, from } = layOut(top, size);
    return { is: 'pose', pose: pose(key.is === 'key' ? Math.max(0, from + scrolled(key.name, room)) : from) };
  };

  const pose = (top: number): Pose => ({ view: (size) => view(top, size), press: (key, size) => press(top, key, size), half: question?.half });
  return pose(0);
}

/** By how many lines a key goes down. */
function scrolled(name: string, room: number): number {
  switch (name) {
    case 'up':
      return -1;
    case 'down':
      return 1;
    case 'pageup':
      return -room;
    case 'pagedown':
      return room;
    case 'home':
      return -Infinity;
    case 'end':
      return Infinity;
    default:
      return 0;
  }
}
