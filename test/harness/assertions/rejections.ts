/**
 * An unhandled rejection fails the running test: a failing Output of Pulumi's shows in no other way. Mocha turns what is thrown here into that test's failure.
 */
process.on("unhandledRejection", (reason) => {
  throw reason;
});
