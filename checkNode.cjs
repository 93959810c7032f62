// Pulumi starts programs with the `node` that is first on PATH, and Pulumi.yaml makes that Node load this
// file before anything else. It is CommonJS because a Node that is too old can read nothing newer here.
const { writeSync } = require("node:fs");

// Node runs TypeScript since 22.18 and 23.6. https://nodejs.org/api/process.html#processfeaturestypescript
if (!process.features.typescript) {
  const { execPath, versions } = process;
  writeSync(
    process.stderr.fd,
    `This program needs a Node that runs TypeScript, 22.18 or later, but the first on PATH is ${versions.node} (${execPath}): ` +
      'install a later one, or use the project\'s own: npm exec -c "pulumi up"\n',
  );
  // With this exit code the program has told the user what is wrong, and the CLI adds nothing.
  process.exit(32);
}
