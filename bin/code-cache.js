const { lstatSync, mkdirSync, statSync } = require('node:fs');
const { enableCompileCache } = require('node:module');
const { isAbsolute, join } = require('node:path');

/**
 * Enables Node's compile cache (Node 22.8 and later), which saves about 20 ms of each start. The cache
 * contains code, never notes. Anyone who can write to it can run code in the program, so it is in this
 * account's cache folder, and is used only if it is private to this account. Never throws.
 */
function useCodeCache({ env, platform, getuid }) {
  if (enableCompileCache === undefined) return;
  const parts = cacheFolderParts(env, platform);
  if (parts === undefined) return;
  const folder = join(...parts, 'rupture-cli');
  try {
    // Under sudo, HOME may belong to another account. Create nothing there.
    const isOwn = platform === 'win32' || statSync(parts[0]).uid === getuid();
    if (!isOwn) return;
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    if (platform === 'win32' || isPrivate(lstatSync(folder), getuid())) enableCompileCache(folder);
  } catch {
    // Without a cache the program only starts more slowly.
  }
}

/**
 * Returns the path of this account's cache folder in parts: a folder that must already exist, then names
 * below it. Returns undefined if the environment names no home folder.
 */
function cacheFolderParts(env, platform) {
  const byPlatform = {
    win32: [[env.LOCALAPPDATA]],
    darwin: [[env.HOME, 'Library', 'Caches']],
  };
  const candidates = byPlatform[platform] ?? [[env.XDG_CACHE_HOME], [env.HOME, '.cache']];
  return candidates.find(([base]) => isAbsolute(base ?? ''));
}

function isPrivate(stat, uid) {
  return stat.isDirectory() && stat.uid === uid && (stat.mode & 0o077) === 0;
}

module.exports = { useCodeCache };
