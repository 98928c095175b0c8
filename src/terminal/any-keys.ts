import type { Screen } from '../world.ts';
import type { Key, Pose, Step } from './pose.ts';

/** The keys that mean the same on every question: Tab skips, Shift-Tab goes back, Ctrl-G shows people to reach. */
export function pressAny(screen: Screen, key: Key, pose: Pose): Step | undefined {
  if (key.is === 'paste') return undefined;
  if (key.name === 'tab' && key.shift) return screen.canGoBack ? { is: 'reply', reply: { is: 'back' } } : { is: 'pose', pose };
  // What was answered before stays as it is.
  if (key.name === 'tab' && screen.kept === true && screen.given !== undefined) return { is: 'reply', reply: { is: 'answer', answer: screen.given } };
  if (key.name === 'tab') return screen.skippable ? { is: 'reply', reply: { is: 'skip' } } : { is: 'pose', pose };
  if (key.ctrl && key.name === 'g') return { is: 'help', pose };
  return undefined;
}

export function isEnter(key: Key): boolean {
  return key.is === 'key' && (key.name === 'return' || key.name === 'enter') && !key.alt;
}

/** Ctrl-D: what is there counts; where nothing is, "finish here". */
export function isFinish(key: Key): boolean {
  return key.is === 'key' && key.ctrl && key.name === 'd';
}
