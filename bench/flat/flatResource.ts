import * as v from "valibot";

/** One resource of a program without components. */
export type FlatResource = v.InferOutput<typeof flatResource>;

/** Marks of values that are not plain: a file or a folder by its path, files by their paths in an archive. */
export const fileMark = "$file";
export const folderMark = "$folder";
export const archiveMark = "$archive";

const urns = v.array(v.string());

const flatResource = v.object({
  /** The URN in the program with components. */
  urn: v.string(),
  type: v.string(),
  name: v.string(),
  inputs: v.record(v.string(), v.unknown()),
  /** By input: what its value comes from. */
  inputDependencies: v.record(v.string(), urns),
  /** What it waits for besides. */
  dependsOn: urns,
  protect: v.boolean(),
});

/** What `bench/flat/record.ts` writes: in an order in which each resource comes after those that it refers to. */
export const flatResources = v.array(flatResource);
