@echo off
rem Starts Nightjar on Windows: builds if there is no build, runs. It has never run on Windows; the launcher for Linux and
rem macOS is the file 'nightjar' beside it.
setlocal enabledelayedexpansion
set "ROOT=%~dp0"
set "TARGET=%ROOT%pipelines\cli\target"
if not defined JAVA_HOME (
  echo Nightjar needs JDK 25 or newer: set JAVA_HOME to one. 1>&2
  exit /b 4
)
if not exist "%TARGET%\lib" (
  echo nightjar: building ^(the first time takes a few minutes, most of it downloads^) 1>&2
  call "%ROOT%mvnw.cmd" -B -ntp -q -Dlean package 1>&2
  if errorlevel 1 exit /b 4
)
rem The kinds of commands and their sizes are those of the file 'nightjar'.
set "SIZE=-Xmx1g -Xmn128m"
for %%c in ("" help --help -h --version completion config init trust changepoints query db doctor) do (
  if "%~1"=="%%~c" set "SIZE=-XX:TieredStopAtLevel=1 -Xmx256m"
)
if "%~1"=="gate" set "SIZE=-XX:TieredStopAtLevel=1 -Xmx1g -Xmn48m -XX:MinHeapFreeRatio=10"
set "MAIN="
for %%j in ("%TARGET%\nightjar-cli-*.jar") do set "MAIN=%%j"
rem A JVM that does not start ends with 1, which would say that something regressed.
"%JAVA_HOME%\bin\java" -XX:+UseSerialGC %SIZE% %NIGHTJAR_JAVA_OPTS% -Xlog:disable -version >nul
if errorlevel 1 (
  echo nightjar: the Java in %JAVA_HOME% does not start: see NIGHTJAR_JAVA_OPTS, JAVA_TOOL_OPTIONS and JDK_JAVA_OPTIONS, and that it may have the memory it asks for 1>&2
  exit /b 4
)
"%JAVA_HOME%\bin\java" -XX:+UseSerialGC %SIZE% %NIGHTJAR_JAVA_OPTS% -Xlog:disable --illegal-native-access=allow "-Dnightjar.home=%ROOT%." -cp "!MAIN!;%TARGET%\lib\*" dev.nightjar.cli.Nightjar %*
exit /b %ERRORLEVEL%
