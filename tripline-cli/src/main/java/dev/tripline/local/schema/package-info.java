/**
 * What a Schema Registry knows: subjects, versions, ids, compatibility. No HTTP, no JSON, no files: changes are handed to
 * whoever keeps them.
 */
@NullMarked
package dev.tripline.local.schema;

import org.jspecify.annotations.NullMarked;
