"use strict";
/*
 * What Pulumi's Node.js language host loads for PulumiPlugin.yaml. It runs an exported function; exported components
 * it would analyse itself, which fails on compiled code.
 */
module.exports = () => import("./dist/packages/fanout/provider/main.js");
