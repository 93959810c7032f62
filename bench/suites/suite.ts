/** A public suite of tests, or checks with public clients, that runs against an empty local cloud. */
export type Suite = {
  readonly name: string;
  /** Whose tests these are, and which version. */
  readonly title: string;
  readonly source: Source;
  /** Files or folders of tests, relative to the source. */
  readonly tests: readonly string[];
  /** Processes at once. @default 1: the tests share one account */
  readonly workers?: number;
  readonly environment?: (endpoint: string) => Readonly<Record<string, string>>;
  readonly pytestOptions?: readonly string[];
  /** Options of `fanout start --empty`. @default none */
  readonly cloudOptions?: readonly string[];
};

export type Source =
  /** A source distribution of PyPI that holds the package's tests. */
  | { readonly kind: "sdist"; readonly requirement: string; readonly packages: readonly string[] }
  /** A checkout of a repository whose tests no package carries, named with `--from`. */
  | {
      readonly kind: "checkout";
      readonly repository: string;
      /** A file that only a checkout of it has. */
      readonly marker: string;
      readonly packages: readonly string[];
      /** @default python3 */
      readonly python?: string;
    }
  /** The same with tests for Vitest, which run in a copy beside packages of npm. */
  | {
      readonly kind: "vitestCheckout";
      readonly repository: string;
      readonly marker: string;
      /** Files and folders of the checkout that the tests need. */
      readonly copied: readonly string[];
      readonly packages: readonly string[];
    }
  /** Tests in this folder, with packages of PyPI. */
  | { readonly kind: "python"; readonly packages: readonly string[] }
  /** Tests in this folder, with packages of npm. */
  | { readonly kind: "node"; readonly packages: readonly string[] };
