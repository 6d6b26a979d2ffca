# The Debian package: `cpack --config build/release/CPackConfig.cmake`.

install(FILES "${PROJECT_SOURCE_DIR}/deploy/systemd/tipoff.service"
    "${PROJECT_SOURCE_DIR}/deploy/systemd/tipoff-worker@.service"
    DESTINATION lib/systemd/system)
install(FILES "${PROJECT_SOURCE_DIR}/deploy/debian/tipoff.sysusers"
    DESTINATION lib/sysusers.d RENAME tipoff.conf)
# Absolute, so that it is /etc and not /usr/etc.
install(FILES "${PROJECT_SOURCE_DIR}/deploy/debian/tipoff.yaml" DESTINATION /etc/tipoff
    PERMISSIONS OWNER_READ OWNER_WRITE GROUP_READ WORLD_READ)
install(FILES "${PROJECT_SOURCE_DIR}/README.md" "${PROJECT_SOURCE_DIR}/CHANGELOG.md"
    DESTINATION share/doc/tipoff)
install(FILES "${PROJECT_SOURCE_DIR}/LICENSE" DESTINATION share/doc/tipoff RENAME copyright)
install(DIRECTORY "${PROJECT_SOURCE_DIR}/docs/" DESTINATION share/doc/tipoff
    FILES_MATCHING PATTERN "*.md")

set(CPACK_GENERATOR DEB)
set(CPACK_PACKAGE_NAME tipoff)
set(CPACK_PACKAGE_DESCRIPTION_SUMMARY "NBA player-prop forecasts, graded")
set(CPACK_PACKAGE_CONTACT "tipoff <tipoff@localhost>")
set(CPACK_INSTALL_PREFIX /usr)
set(CPACK_SET_DESTDIR ON)  # /etc is absolute
set(CPACK_STRIP_FILES ON)
set(CPACK_DEBIAN_FILE_NAME DEB-DEFAULT)
set(CPACK_DEBIAN_PACKAGE_SECTION science)
set(CPACK_DEBIAN_PACKAGE_SHLIBDEPS ON)
set(CPACK_DEBIAN_PACKAGE_SHLIBDEPS_PRIVATE_DIRS "${TIPOFF_DUCKDB_ROOT}/lib")
set(CPACK_DEBIAN_PACKAGE_DEPENDS "ca-certificates, tzdata")
set(CPACK_DEBIAN_COMPRESSION_TYPE zstd)
set(CPACK_DEBIAN_PACKAGE_CONTROL_STRICT_PERMISSION ON)
set(CPACK_DEBIAN_PACKAGE_CONTROL_EXTRA
    "${PROJECT_SOURCE_DIR}/deploy/debian/postinst"
    "${PROJECT_SOURCE_DIR}/deploy/debian/prerm"
    "${PROJECT_BINARY_DIR}/generated/conffiles")
file(CONFIGURE OUTPUT "${PROJECT_BINARY_DIR}/generated/conffiles" CONTENT "/etc/tipoff/tipoff.yaml\n")
file(CHMOD "${PROJECT_BINARY_DIR}/generated/conffiles" PERMISSIONS OWNER_READ OWNER_WRITE GROUP_READ WORLD_READ)
include(CPack)
