import path from "node:path";

/** Lambda's Handler has at most 128 characters, including `.handler`. */
const longestName = 120;

/**
 * The path of a handler's module in its archive, without extension: `handlers/uploads/thumbnail` for
 * `handlers/uploads/thumbnail.ts`, and only the file name for an entry outside the program's folder.
 *
 * Lambda's Handler may not contain white space, and the runtime splits it at the first dot of its last
 * segment. Characters other than letters, digits, `_`, `-` and `/` are therefore replaced by `-`, and a name
 * that is too long is reduced to its file name. Names need not be unique: an archive contains one handler.
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
