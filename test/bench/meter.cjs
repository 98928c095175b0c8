// Loaded before a measured program: writes what it cost when it ends.
process.on('exit', () => {
  const { user, system } = process.cpuUsage();
  const { maxRSS } = process.resourceUsage();
  require('node:fs').appendFileSync(
    process.env.RUPTURE_METER,
    `${JSON.stringify({ cpu: (user + system) / 1000, rss: maxRSS / 1024 })}\n`,
  );
});
