import { examples } from "../systems/index.ts";
import { ops } from "./ops.ts";
import { terminal } from "./surroundings.ts";

/** `npm run ops -- COMMAND`: looks at and operates what runs locally or on AWS. */
process.exit(await ops(process.argv.slice(2), terminal(), examples));
