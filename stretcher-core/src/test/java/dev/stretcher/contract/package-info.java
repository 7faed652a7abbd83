/** Contract tests for the plug-in points: a plug-in's test extends the one it has to fulfil. */
package dev.stretcher.contract;
