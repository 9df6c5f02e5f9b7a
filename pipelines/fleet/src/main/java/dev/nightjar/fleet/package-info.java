/**
 * The same night on many hosts: executors for Slurm, Kubernetes and this machine, and which node is
 * unlike the others. Nothing lives here yet.
 */
@NullMarked
package dev.nightjar.fleet;

import org.jspecify.annotations.NullMarked;
