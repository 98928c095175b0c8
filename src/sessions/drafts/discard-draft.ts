import { Exit } from '../../errors.ts';
import { reflectionDrafts, refuseDamaged } from './choose-draft.ts';
import type { WordsPort, OutputPort, DraftsPort } from '../../world/world.ts';

export async function discardDraft(world: WordsPort & OutputPort, store: DraftsPort): Promise<Exit> {
  const [newest] = await reflectionDrafts(store);
  if (newest === undefined) {
    await refuseDamaged(store);
    world.messages.say(world.words('conversation.drafts.none'));
    return Exit.done;
  }
  store.drafts.drop(newest.id);
  world.messages.say(world.words('conversation.drafts.discarded', { day: newest.session }));
  return Exit.done;
}
