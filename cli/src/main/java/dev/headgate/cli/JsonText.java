package dev.headgate.cli;

import java.io.StringWriter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.json.JsonFactory;

/** Trees of maps, lists, strings, whole numbers and booleans as one line of JSON. */
final class JsonText {
  private static final JsonFactory FACTORY = new JsonFactory();

  private JsonText() {}

  static String of(Map<String, ?> object) {
    StringWriter text = new StringWriter();
    try (JsonGenerator generator = FACTORY.createGenerator(ObjectWriteContext.empty(), text)) {
      write(generator, object);
    }
    return text.toString();
  }

  private static void write(JsonGenerator generator, Object value) {
    switch (value) {
      case String text -> generator.writeString(text);
      case Boolean flag -> generator.writeBoolean(flag);
      case Number number -> generator.writeNumber(number.longValue());
      case List<?> list -> {
        generator.writeStartArray();
        list.forEach(element -> write(generator, element));
        generator.writeEndArray();
      }
      case Map<?, ?> map -> {
        generator.writeStartObject();
        map.forEach((name, element) -> {
          generator.writeName(String.valueOf(name));
          write(generator, element);
        });
        generator.writeEndObject();
      }
      default -> throw new IllegalArgumentException("no JSON for " + value.getClass());
    }
  }

  /** The object that the text holds; throws {@link IllegalArgumentException} if it holds none. */
  static Map<String, Object> parse(String text) {
    try (JsonParser parser = FACTORY.createParser(ObjectReadContext.empty(), text)) {
      if (parser.nextToken() == JsonToken.START_OBJECT) {
        return object(parser);
      }
    } catch (JacksonException e) {
      throw new IllegalArgumentException("no JSON: " + e.getOriginalMessage(), e);
    }
    throw new IllegalArgumentException("no JSON object");
  }

  private static Map<String, Object> object(JsonParser parser) {
    Map<String, Object> object = new LinkedHashMap<>();
    while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
      String name = parser.currentName();
      parser.nextToken();
      object.put(name, value(parser));
    }
    return object;
  }

  private static List<Object> array(JsonParser parser) {
    List<Object> array = new ArrayList<>();
    while (parser.nextToken() != JsonToken.END_ARRAY) {
      array.add(value(parser));
    }
    return array;
  }

  private static Object value(JsonParser parser) {
    return switch (parser.currentToken()) {
      case START_OBJECT -> object(parser);
      case START_ARRAY -> array(parser);
      case VALUE_STRING -> parser.getString();
      case VALUE_NUMBER_INT -> parser.getLongValue();
      case VALUE_TRUE -> true;
      case VALUE_FALSE -> false;
      case null, default ->
          throw new IllegalArgumentException("unexpected JSON: " + parser.currentToken());
    };
  }
}
