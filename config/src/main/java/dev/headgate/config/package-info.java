/**
 * The repository's configuration: the bytes of a {@code .headgate.yaml} become job graphs, or every
 * problem in it with its position; and the files of a repository become a first configuration.
 *
 * <p>It is not a reader of files and knows neither git nor the network, and the job graphs it gives
 * are nobody's but the model's. Bytes flow in, values flow out, and no type of the YAML library
 * crosses the border.
 */
@NullMarked
package dev.headgate.config;

import org.jspecify.annotations.NullMarked;
