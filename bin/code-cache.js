const { lstatSync, mkdirSync, statSync } = require('node:fs');
const { enableCompileCache } = require('node:module');
const { isAbsolute, join } = require('node:path');

/**
 * Lets Node (22.8 and later) keep the compiled program between runs, which saves about 20 ms of each start.
 * The cache holds code, never notes. Whoever can write to it can run code in the program, so it lies in
 * this account's cache folder, and is used only while it is private to this account. Never throws.
 */
function useCodeCache({ env, platform, getuid }) {
  if (enableCompileCache === undefined) return;
  const place = cachePlace(env, platform);
  if (place === undefined) return;
  const folder = join(...place, 'rupture-cli');
  try {
    // Under sudo, HOME can be another account's: nothing is made there.
    const isOwn = platform === 'win32' || statSync(place[0]).uid === getuid();
    if (!isOwn) return;
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    if (platform === 'win32' || isPrivate(lstatSync(folder), getuid())) enableCompileCache(folder);
  } catch {
    // Without a cache the program only starts more slowly.
  }
}

/**
 * The folder for this account's caches: a folder that must be there already, and names below it.
 * Undefined when the environment names no home folder.
 */
function cachePlace(env, platform) {
  const places = {
    win32: [[env.LOCALAPPDATA]],
    darwin: [[env.HOME, 'Library', 'Caches']],
  };
  const known = places[platform] ?? [[env.XDG_CACHE_HOME], [env.HOME, '.cache']];
  return known.find(([base]) => isAbsolute(base ?? ''));
}

function isPrivate(stat, uid) {
  return stat.isDirectory() && stat.uid === uid && (stat.mode & 0o077) === 0;
}

module.exports = { useCodeCache };
