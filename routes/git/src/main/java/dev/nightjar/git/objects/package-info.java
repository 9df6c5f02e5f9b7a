/**
 * The objects of a repository as bytes: packs read directly, everything else through JGit.
 *
 * <p>Reading a history means loading nearly every object once, in an order that is nearly that of
 * the delta chains. {@link dev.nightjar.git.objects.ObjectStore} is built for that: it reads packs
 * by position, keeps what it inflated in one cache that serves as delta base and as the other side
 * of the next comparison, and asks JGit for what no pack holds. One {@link
 * dev.nightjar.git.objects.ObjectLoader} per thread; the store itself is shared.
 */
@NullMarked
package dev.nightjar.git.objects;

import org.jspecify.annotations.NullMarked;
