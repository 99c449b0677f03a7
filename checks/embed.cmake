# cmake -DOUTPUT=x.c -DROOT=dir -DNAME=symbol -DFILES=a;b -P embed.cmake
# Writes the files, byte for byte, as one C array of SitoEmbedded (checks/common/embedded.h),
# ordered by path and ended by an entry without a path.
string(REPLACE "|" ";" FILES "${FILES}")
list(SORT FILES)
set(arrays "")
set(entries "")
set(n 0)
foreach(file IN LISTS FILES)
  file(READ "${ROOT}/${file}" hex HEX)
  string(LENGTH "${hex}" digits)
  math(EXPR size "${digits} / 2")
  string(REGEX REPLACE "([0-9a-f][0-9a-f])" "0x\\1," bytes "${hex}")
  string(REGEX REPLACE "(................................................................................)" "\\1\n" bytes "${bytes}")
  string(APPEND arrays "static const unsigned char file_${n}[] = {\n${bytes}0};\n")
  string(APPEND entries "    {\"${file}\", (const char *)file_${n}, ${size}},\n")
  math(EXPR n "${n} + 1")
endforeach()
file(WRITE "${OUTPUT}" "#include \"common/embedded.h\"\n\n${arrays}\nconst SitoEmbedded ${NAME}[] = {\n${entries}    {0, 0, 0},\n};\n")
