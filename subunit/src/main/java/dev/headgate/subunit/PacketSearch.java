package dev.headgate.subunit;

import dev.headgate.subunit.PacketDecoder.Next;

/**
 * Sorts the bytes of the input into packets, text and damage; {@link PacketDecoder} says by which
 * rules, {@code docs/architecture/subunit.md} at what cost.
 */
final class PacketSearch {
  /**
   * Bytes of malformed packets with right checksums that are looked at more than once, before
   * overlapping ones are looked at less closely. Chance makes one such packet in 2³²; only who
   * means harm makes sixteen large ones within one another.
   */
  private static final long MAX_WASTED = 64L << 20;

  /** The texts of a packet, in bytes, that are looked at from then on within such packets. */
  private static final int MOST_TEXT = 16 << 10;

  /** What {@code current} stands for: a reference in its place would cost a barrier a write. */
  private static final Next[] NEXTS = {
    Next.EVENT, Next.TEXT, Next.DAMAGE, Next.NEED_MORE, Next.END
  };

  private static final int EVENT = 0;
  private static final int TEXT = 1;
  private static final int DAMAGE = 2;
  private static final int NEED_MORE = 3;
  private static final int END = 4;

  final Window window = new Window();
  private final Checksums checksums = new Checksums();
  private final Lookahead lookahead = new Lookahead();
  final PacketFields fields = new PacketFields();

  /** What is before this offset is accounted for; the current item begins here. */
  private long position;

  /** Where the current item ends; equals {@code position} if there is none. */
  private long itemEnd;

  /** No signature byte from {@code position} to before this offset begins a packet. */
  private long scanned;

  /** The length of the accepted packet at {@code scanned} that is not yet delivered, or 0. */
  private int accepted;

  /** Bytes before this offset that are no packets are damage. */
  private long damageEnd;

  /** Why the claim that ends at {@code damageEnd}, or one around it, is of no packet. */
  private DamageReason reason = DamageReason.CHECKSUM;

  /** Why the claim that was looked at last is of no packet; means nothing if it is of one. */
  private DamageReason refusal = DamageReason.CHECKSUM;

  /** An event that begins before this offset lies within the claim of a damaged packet. */
  private long claimsEnd;

  /** Incomplete packets that begin before this offset are given up. */
  private long givenUpBefore;

  /** Malformed packets with right checksums reach up to this offset. */
  private long malformedTo;

  private long wasted;

  /** The last three bytes before {@code position}, nearest lowest; 0 where a packet stood. */
  private int before;

  /** What the cursor stands on, as an index of {@code NEXTS}. */
  private int current = NEED_MORE;

  private boolean inDamaged;
  private boolean ended;

  /** What the cursor stands on. */
  Next current() {
    return NEXTS[current];
  }

  /** True if the cursor stands on a packet. */
  boolean onEvent() {
    return current == EVENT;
  }

  /** The offset of the current item, or of the next one. */
  long position() {
    return position;
  }

  /** How many bytes the current item has; 0 if there is none. */
  int length() {
    return (int) (itemEnd - position);
  }

  /** How many bytes are not yet accounted for. */
  int held() {
    return (int) (window.end() - position) + window.resting();
  }

  /** The index in the window of the current item. */
  int at() {
    return index(position);
  }

  /** Why the current damage is none. */
  DamageReason reason() {
    return reason;
  }

  /** True if the current event lies within the claim of a damaged packet. */
  boolean inDamaged() {
    return inDamaged;
  }

  /** How much was done, in bytes looked at more than in passing. */
  long work() {
    return checksums.work() + wasted;
  }

  /** Passes the current item; to be called before the window is given more. */
  void beginOffer() {
    if (ended) {
      throw new IllegalStateException("bytes were offered after the end of the input");
    }
    passItem();
    window.pullAll(position);
    if (position == window.end()) {
      checksums.forget();
    }
  }

  void end() {
    passItem();
    ended = true;
  }

  boolean rescan() {
    if (current != NEED_MORE || accepted != 0 || scanned < givenUpBefore) {
      return false;
    }
    window.pullAll(position);
    long found = lookahead.find(window, scanned, this::isPacket);
    givenUpBefore = Math.max(givenUpBefore, found);
    return found >= 0;
  }

  Next next() {
    passItem();
    if (accepted == 0) {
      search();
    } else {
      stand(accepted);
    }
    return NEXTS[current];
  }

  private void passItem() {
    if (itemEnd == position) {
      return;
    }
    if (current == EVENT) {
      before = 0;
      scanned = itemEnd;
    } else {
      before = bytesBefore(index(itemEnd));
    }
    position = itemEnd;
    current = NEED_MORE;
  }

  private int index(long offset) {
    return (int) (offset - window.base);
  }

  /** The three bytes before an index, nearest lowest. */
  private int bytesBefore(int index) {
    int bytes = before;
    for (int i = Math.max(index(position), index - 3); i < index; i++) {
      bytes = bytes << 8 | (window.bytes[i] & 0xFF);
    }
    return bytes;
  }

  /** Moves on to the next packet, wait, or change between text and damage. */
  private void search() {
    boolean damage = position < damageEnd;
    while (true) {
      long bound = damage ? Math.min(window.end(), damageEnd) : window.end();
      int at = index(scanned);
      if (scanned == bound || window.bytes[at] != Wire.SIGNATURE) {
        at = Wire.indexOfSignature(window.bytes, at, index(bound));
      }
      scanned = window.base + at;
      if (scanned == bound) {
        if (position == window.end() && pull(0)) {
          continue;
        }
        standOnSpan(damage, scanned);
        return;
      }
      int claim = PacketHeader.claim(window.bytes, at, window.limit);
      if (claim == PacketHeader.IMPLAUSIBLE) {
        scanned++;
        continue;
      }
      if (isIncomplete(claim)) {
        if (window.resting() > 0 && scanned == position) {
          pull(claim == PacketHeader.UNFINISHED ? Wire.LONGEST_HEADER : claim);
          continue;
        }
        if (mustWait(claim)) {
          standOnSpan(damage, scanned);
          return;
        }
        refusal = incomplete(claim);
      } else if (isPacket(at, claim)) {
        accepted = claim;
        if (scanned == position) {
          stand(claim);
        } else {
          standOnSpan(damage, scanned);
        }
        return;
      }
      long failed = scanned++;
      if (claim > 0 && !Utf8.signatureEndsCharacter(bytesBefore(at))) {
        if (failed >= damageEnd) {
          reason = refusal;
        }
        damageEnd = Math.max(damageEnd, failed + claim);
        claimsEnd = Math.max(claimsEnd, failed + claim);
        if (!damage && failed > position) {
          standOnSpan(false, failed);
          return;
        }
        damage = true;
      }
    }
  }

  private boolean isIncomplete(int claim) {
    return claim == PacketHeader.UNFINISHED || scanned + claim > window.end();
  }

  /** Moves the window on so that it reaches that many bytes behind {@code position}, if it can. */
  private boolean pull(int wanted) {
    if (position == window.end()) {
      checksums.forget();
    }
    return window.pull((int) (position + wanted - window.end()), position);
  }

  /** True if more bytes may make a packet of what is incomplete. */
  private boolean mustWait(int claim) {
    if (window.resting() > 0) {
      return true;
    }
    if (ended || scanned < givenUpBefore) {
      return false;
    }
    return claim == PacketHeader.UNFINISHED || canBePacket(claim);
  }

  /** Why a packet that is not all there is none. */
  private DamageReason incomplete(int claim) {
    if (claim > 0 && !canBePacket(claim)) {
      return DamageReason.FIELD;
    }
    return ended ? DamageReason.CUT_OFF : DamageReason.GIVEN_UP;
  }

  /** False if what is there of an incomplete packet already shows that it is none. */
  private boolean canBePacket(int claim) {
    return PacketBeginning.isPossible(window.bytes, index(scanned), claim, window.limit);
  }

  /** True if what is claimed at an index, all of which is there, is a packet. */
  private boolean isPacket(int at, int claim) {
    if (!checksums.matches(window, at, claim, index(scanned))) {
      refusal = DamageReason.CHECKSUM;
      return false;
    }
    boolean wellFormed = isWellFormed(at, claim);
    if (!wellFormed) {
      refusal = DamageReason.FIELD;
    }
    return wellFormed;
  }

  private boolean isWellFormed(int at, int claim) {
    long offset = window.base + at;
    boolean overlaps = offset < malformedTo;
    boolean limited = overlaps && wasted > MAX_WASTED;
    int mostText = limited ? MOST_TEXT : Integer.MAX_VALUE;
    if (fields.parse(window.bytes, at, claim, mostText)) {
      return true;
    }
    wasted += overlaps ? Math.min(claim, mostText) : 0;
    malformedTo = Math.max(malformedTo, offset + claim);
    return false;
  }

  private void stand(int length) {
    current = EVENT;
    accepted = 0;
    itemEnd = position + length;
    inDamaged = position < claimsEnd;
    damageEnd = itemEnd;
  }

  private void standOnSpan(boolean damage, long end) {
    itemEnd = end;
    if (end > position) {
      current = damage ? DAMAGE : TEXT;
    } else {
      current = ended && end == window.end() ? END : NEED_MORE;
    }
  }
}
