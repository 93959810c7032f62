import path from "node:path";

/** Lambda's Handler has at most 128 characters, of which `.handler` takes 8. */
const longestName = 120;

/**
 * Where a handler lies in its archive, without extension: `handlers/uploads/thumbnail` for
 * `handlers/uploads/thumbnail.ts`. An entry outside the program's folder goes by its file name.
 *
 * Lambda's Handler may not contain white space, and the runtime splits it at the first dot of its last
 * segment. What is neither a letter, a digit, `_`, `-` nor `/` therefore becomes `-`, and a name that is
 * too long loses its folders. Names need not be unique: each archive holds one handler.
 *
 * https://docs.aws.amazon.com/lambda/latest/api/API_CreateFunction.html
 * https://github.com/aws/aws-lambda-nodejs-runtime-interface-client
 *
 * @param entry full path of the entry file
 * @param folder full path of the program's folder
 */
export function handlerName(entry: string, folder: string): string {
  const relative = path.relative(folder, entry);
  const outside = relative.startsWith("..") || path.isAbsolute(relative);
  const segments = (outside ? path.basename(relative) : relative)
    .replace(/\.[cm]?[jt]sx?$/, "")
    .split(path.sep);
  const name = segments.join("/").replaceAll(/[^\w/-]/g, "-");
  return name.length > longestName ? path.posix.basename(name).slice(-longestName) : name;
}
